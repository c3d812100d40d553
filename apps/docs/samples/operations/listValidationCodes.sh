curl -i http://127.0.0.1:4010/v1/customers/all/validations \
  -H "Authorization: Bearer any-token"
