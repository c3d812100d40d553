ask() {
  curl http://127.0.0.1:4010/v1/customers/11111111-2222-3333-4444-555555555555/qualifications \
    -H "Authorization: Bearer any-token" \
    -H "MS-RequestId: $1" \
    -H "Content-Type: application/json" \
    -d '{"qualification":"Education","educationSegment":"K12"}'
  echo
}
ask 037db222-6d8e-4d7f-ba78-df3dca33fb68
ask 037db222-6d8e-4d7f-ba78-df3dca33fb68 # the answer was lost: the same again
ask 62aa5b21-9c1d-4a5f-8f0e-3a6a1f3b7c10 # a second request, which is refused
