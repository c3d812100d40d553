import { getDocument } from "pdfjs-dist/legacy/build/pdf.mjs";

/** A canvas of Node, which pdf.js brings. */
interface Canvas {
  canvas: HTMLCanvasElement & { toBuffer(type: "image/png"): Buffer };
}

/**
 * Draws the first sheets of a PDF.
 *
 * @returns PNG files, one a sheet, at 1.5 pixels a point.
 */
export async function drawSheets(pdf: Buffer, count: number): Promise<Buffer[]> {
  const task = getDocument({ data: new Uint8Array(pdf), verbosity: 0 });
  const document = await task.promise;
  const sheets: Buffer[] = [];
  for (let number = 1; number <= Math.min(count, document.numPages); number++) {
    const page = await document.getPage(number);
    const viewport = page.getViewport({ scale: 1.5 });
    const factory = document.canvasFactory as { create(width: number, height: number): Canvas };
    const { canvas } = factory.create(viewport.width, viewport.height);
    await page.render({ canvas, viewport }).promise;
    sheets.push(canvas.toBuffer("image/png"));
  }
  await task.destroy();
  return sheets;
}
