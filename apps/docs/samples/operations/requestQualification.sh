curl -i http://127.0.0.1:4010/v1/customers/11111111-2222-3333-4444-555555555555/qualifications \
  -H "Authorization: Bearer any-token" \
  -H "MS-RequestId: 037db222-6d8e-4d7f-ba78-df3dca33fb68" \
  -H "Content-Type: application/json" \
  -d '{"qualification":"Education","educationSegment":"K12","website":"example.edu"}'
