curl -i http://127.0.0.1:4010/v1/customers/11111111-2222-3333-4444-555555555555 \
  -H "Authorization: Bearer any-token"
