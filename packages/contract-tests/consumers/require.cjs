const { main } = require("./commonjs.cjs");

main(process.env.MOCK_URL).then(
  (status) => console.log(status),
  (error) => console.log(error.stack),
);
