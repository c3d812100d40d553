export const help = `qualifications-contract --base-url URL [options]

Tests whether an implementation keeps the contract of Partner Center's customer qualifications.

  --base-url URL       what to test, for instance http://127.0.0.1:4010
  --token-env NAME     the environment variable that holds the bearer token; it is never printed
  --customer ID        a customer that there is; requests are about it
  --read-only          sends nothing that could change something; the default for any other machine
  --write              lets requests change something on another machine
  --rate N             at most N requests a second; 5 for any other machine, else no limit
  --timeout SECONDS    how long to wait for one answer (10)
  --max-response-time SECONDS  a slower answer is a failure (as --timeout)
  --contract FILE      another bundled OpenAPI 3.1 document, as JSON or YAML
  --control URL        the target is this project's mock, with its clock and faults under URL/_mock/
  --phase A,B          examples, coverage, fuzz, stateful (examples,coverage)
  --seed N             what fuzz and stateful draw from (random, and printed)
  --time SECONDS       how long fuzz draws (10)
  --path P             with --seed and --only: the one counterexample to see again
  --only CASE          sends one case, or the cases of one scenario; a failure names it
  --first              stops at the first failure
  --json FILE          writes checks, failures and coverage as JSON

Exit codes: 0 all checks hold, 1 one does not, 2 wrong usage, 3 nobody at the base URL, 4 the contract
cannot be read, 5 unknown seed or case, 6 no token in the variable, 7 the server hangs.`;
