export const help = `qualifications-contract --base-url URL [options]

Tests whether an implementation conforms to the contract of Partner Center's customer qualifications.

  --base-url URL       what to test, for instance http://127.0.0.1:4010
  --token-env NAME     the environment variable that holds the bearer token; it is never printed
  --customer ID        an existing customer; requests are about it
  --read-only          sends nothing that could change something; the default for any other machine
  --write              lets requests change something on another machine
  --rate N             at most N requests a second; 5 for any other machine, else no limit
  --timeout SECONDS    how long to wait for one answer (10)
  --max-response-time SECONDS  a slower answer is a failure (as --timeout)
  --contract FILE      another bundled OpenAPI 3.1 document, as JSON or YAML
  --control URL        where this project's mock has its control, when not at the base URL
  --no-control         does not reset a mock, move its clock or inject faults
  --phase A,B          relations, examples, coverage, fuzz, stateful (the first three)
  --seed N             what fuzz and stateful draw from (random, and printed)
  --max-cases N        how many requests fuzz draws, and how many walks stateful takes at most (5000, or
                       no limit with --time); the same seed and number are the same run again
  --time SECONDS       how long fuzz draws at most (60)
  --path P             with --seed and --only: the one counterexample to see again
  --only CASE          sends one case, or the cases of one scenario; a failure names it
  --first              stops at the first failure
  --json FILE          writes checks, failures and coverage as JSON
  --junit FILE         writes the report as JUnit XML, a suite for each check
  --html FILE          writes the report as one HTML page
  --har FILE           writes everything sent and received as HAR 1.2, without the token
  --version, -v        prints the version
  --help, -h           prints this text

A mock of this project at the base URL is found by itself. It is reset, its clock is moved, and at the
end it is as it was started.

Exit codes: 0 all checks hold, 1 one does not, 2 wrong usage, 3 nothing answers at the base URL, 4 the
contract cannot be read, 5 unknown seed or case, 6 no token in the variable, 7 the server hangs,
8 nothing was judged.`;
