export const help = `qualifications-contract --base-url URL [options]

Tests whether an implementation conforms to the contract of Partner Center's customer qualifications.

  --base-url URL       base URL of the implementation, such as http://127.0.0.1:4010
  --token-env NAME     environment variable that contains the bearer token; it is never printed
  --customer ID        an existing customer, used in all requests
  --read-only          send only requests that change nothing; the default for other machines
  --write              allow writes to another machine
  --rate N             at most N requests a second; 5 for other machines, otherwise no limit
  --timeout SECONDS    timeout of a response (10)
  --max-response-time SECONDS  maximum response time, checked for each response (as --timeout)
  --contract FILE      another bundled OpenAPI 3.1 document, as JSON or YAML
  --control URL        base URL of this project's mock, if it is not the one under --base-url
  --no-control         do not reset the mock, move its clock or inject faults
  --phase A,B          relations, examples, coverage, fuzz, stateful (the first three)
  --seed N             seed of fuzz and stateful (random, and printed)
  --max-cases N        maximum number of requests in fuzz, and of walks in stateful (5000, or no limit
                       with --time); the same seed and number repeat the run
  --time SECONDS       maximum drawing time of fuzz (60)
  --path P             counterexample to replay, with --seed and --only
  --only CASE          send one case, or the cases of one scenario, as named in a failure
  --first              stop at the first failure
  --json FILE          write checks, failures and coverage as JSON
  --junit FILE         write the report as JUnit XML, with a suite per check
  --html FILE          write the report as one HTML page
  --har FILE           write all requests and responses as HAR 1.2, without the token
  --version, -v        print the version
  --help, -h           print this text

The suite detects this project's mock at the base URL, uses its clock and faults, and resets it at the end.

Exit codes: 0 all checks hold, 1 a check failed, 2 wrong usage, 3 no server at the base URL,
4 unreadable contract, 5 unknown seed or case, 6 no token in the variable, 7 the server hangs,
8 nothing was judged.`;
