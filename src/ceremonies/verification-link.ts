/**
 * Where the code on a receipt leads: the page on which anybody has a file checked, with the place of the act behind `#`. A
 * browser does not send that part; the page uses it to say whether a file that is chosen there is the receipt on the paper.
 */
export function verificationLink(
  publicUrl: string,
  place: { readonly entryIndex: number; readonly treeSize: number },
  checkpoint: { readonly origin: string; readonly root: string },
): string {
  const root = checkpoint.root.replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '')
  const log = checkpoint.origin.replaceAll(/[ %&+#]/g, encodeURIComponent)
  return `${publicUrl}/check#receipt=${place.entryIndex}&size=${place.treeSize}&root=${root}&log=${log}`
}
