curl -i -G http://127.0.0.1:4010/v1/customers \
  -H "Authorization: Bearer any-token" \
  -d size=2 \
  --data-urlencode 'filter={"Field":"CompanyName","Value":"Contoso","Operator":"starts_with"}'
