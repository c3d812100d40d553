curl -i -G http://127.0.0.1:4010/v1/auditrecords \
  -H "Authorization: Bearer any-token" \
  -d startDate=2026-11-20 \
  --data-urlencode 'filter={"Field":"CustomerId","Value":"11111111-2222-3333-4444-555555555555","Operator":"equals"}'
