curl -X PUT http://127.0.0.1:4010/_mock/clock \
  -H "Content-Type: application/json" \
  -d '{"mode":"manual","now":"2030-01-07T09:00:00Z"}'
echo
curl http://127.0.0.1:4010/_mock/clock/advance \
  -H "Content-Type: application/json" \
  -d '{"by":"P3D"}'
