curl http://127.0.0.1:4010/_mock/faults \
  -H "Content-Type: application/json" \
  -d '{"kind":"failure","status":503}'
echo
curl -i http://127.0.0.1:4010/v1/customers/all/validations \
  -H "Authorization: Bearer any-token"
