curl http://127.0.0.1:4010/v1/customers/all/validations \
  -H "Authorization: Bearer any-token"
echo
curl "http://127.0.0.1:4010/v1/customers/11111111-2222-3333-4444-555555555555/qualifications?code=12345" \
  -H "Authorization: Bearer any-token" \
  -H "Content-Type: application/json" \
  -d '{"qualification":"GovernmentCommunityCloud","validationCode":"12345"}'
