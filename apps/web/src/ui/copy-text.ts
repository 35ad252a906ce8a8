/**
 * Puts text on the clipboard. A console opened by plain http on a local network has no clipboard API, so the older
 * command stands in. @returns whether it worked
 */
export async function copyText(text: string): Promise<boolean> {
  if (window.isSecureContext && navigator.clipboard) {
    const written = await navigator.clipboard.writeText(text).then(
      () => true,
      () => false,
    );
    if (written) return true;
  }
  const carrier = document.createElement('textarea');
  carrier.value = text;
  carrier.setAttribute('readonly', '');
  carrier.className = 'sr-only';
  // Inside an open dialog: focus may not leave it.
  const host = document.querySelector('[role="dialog"], [role="alertdialog"]') ?? document.body;
  const focused = document.activeElement;
  host.append(carrier);
  carrier.select();
  const copied = document.execCommand('copy');
  carrier.remove();
  if (focused instanceof HTMLElement) focused.focus();
  return copied;
}
