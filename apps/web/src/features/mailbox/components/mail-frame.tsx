export interface MailFrameProps {
  /** The mail's whole document. */
  readonly html: string;
  readonly title: string;
}

/** A mail as its reader sees it. Nothing in it runs, is sent, or reaches this page. */
export function MailFrame({ html, title }: MailFrameProps) {
  return (
    <iframe sandbox="" srcDoc={html} title={title} className="h-128 w-full rounded-panel border border-rule bg-white" />
  );
}
