// In a browser, whose page has the mock's address in its query.
import { main } from "../program.mjs";

const show = (text) => (document.querySelector("p").textContent = text);
main(new URLSearchParams(location.search).get("mock")).then(show, (error) => show(error.stack));
