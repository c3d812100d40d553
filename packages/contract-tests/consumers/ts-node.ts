import { main } from "./types";

void main().then((status) => console.log(status));
