export const help = `qualifications-mock: a Partner Center to develop against

Usage: qualifications-mock [options]

  --port N                 port to listen on (default 4010, or MOCK_PORT)
  --host ADDRESS           address to listen on (default 127.0.0.1)
  --control-host NAME      lets clients control the mock under this host too; may be repeated
  --review-time D          how long a vetting takes, ISO 8601 (default three business days)
  --clock MODE             real, manual (stands still until it is moved) or fast (default real)
  --now DATE               where a manual or fast clock starts, ISO 8601
  --speed N                how many seconds of a fast clock pass in one second (default 60)
  --seed N                 makes the same identifiers again
  --scenario FILE          what to begin with, YAML or JSON; flags above win over it
  --throttle N/D           requests of the partner in a duration, for instance 500/PT1M
  --throttle-customer N/D  the same for the requests about one customer
  --cors                   lets pages of any origin call what is under /v1
  --journal-size N         how many exchanges /_mock/journal keeps, at most 1000000 (default 1000)
  --log FORM               pretty, json or none (default pretty): a line for each exchange
  --static                 Prism alone: answers from the contract's examples, remembers nothing;
                           takes only --port and --host
  --version                the version of the mock
  --help                   this text

Examples:
  qualifications-mock --review-time PT20S
  qualifications-mock --clock manual --now 2026-11-23T09:00:00Z --seed 7
  qualifications-mock --scenario school.yaml --log json
  qualifications-mock --static --port 4011

While it runs:
  curl http://127.0.0.1:4010/_mock/test-customers
  curl http://127.0.0.1:4010/_mock/clock/advance --json '{"by":"P3D"}'
  curl http://127.0.0.1:4010/_mock/faults --json '{"kind":"failure","status":503,"count":2}'
  curl http://127.0.0.1:4010/_mock/journal
All that can be done there: http://127.0.0.1:4010/_mock/openapi.yaml

Any bearer token is good, and any GUID is a customer. The validation code 12345 has uses left, 67890
has none. Ctrl-C stops it.`;
