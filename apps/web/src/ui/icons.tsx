import type { ReactNode, SVGProps } from 'react';

type IconProps = Omit<SVGProps<SVGSVGElement>, 'children'>;

/** 16 px line icons, drawn on one grid with one stroke. They are decoration: the control beside them carries the name. */
function Icon({ children, ...props }: IconProps & { readonly children: ReactNode }) {
  return (
    <svg
      width="16"
      height="16"
      viewBox="0 0 16 16"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.4"
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden="true"
      focusable="false"
      {...props}
    >
      {children}
    </svg>
  );
}

export const GaugeIcon = (props: IconProps) => (
  <Icon {...props}>
    <path d="M2 11.5a6 6 0 1 1 12 0M8 11.5l2.6-3.6" />
  </Icon>
);
export const KeyIcon = (props: IconProps) => (
  <Icon {...props}>
    <circle cx="5" cy="11" r="2.7" />
    <path d="m7 9 6-6m-2.2 2.2 1.9 1.9M9 7l1.4 1.4" />
  </Icon>
);
export const PlugIcon = (props: IconProps) => (
  <Icon {...props}>
    <path d="M5.5 2.5v3m5-3v3M3.5 5.5h9v2.2a4.5 4.5 0 0 1-9 0zM8 12.2v1.8" />
  </Icon>
);
export const PlayIcon = (props: IconProps) => (
  <Icon {...props}>
    <path d="M4.5 2.8v10.4l8.2-5.2z" />
  </Icon>
);
export const BarsIcon = (props: IconProps) => (
  <Icon {...props}>
    <path d="M2.5 13.5v-4m3.7 4v-8m3.6 8V8m3.7 5.5v-11" />
  </Icon>
);
export const CartIcon = (props: IconProps) => (
  <Icon {...props}>
    <path d="M1.8 2.8h1.9l1.8 7.4h6.7l1.6-5.4H4.3" />
    <path d="M6.3 13.2h.01M11.4 13.2h.01" strokeWidth="2.2" />
  </Icon>
);
export const ReceiptIcon = (props: IconProps) => (
  <Icon {...props}>
    <path d="M3.5 2v12l1.5-1 1.5 1L8 13l1.5 1 1.5-1 1.5 1V2H3.5Zm2.6 3.4h3.8M6.1 8.4h3.8" />
  </Icon>
);
export const StatementIcon = (props: IconProps) => (
  <Icon {...props}>
    <rect x="2.5" y="3" width="11" height="11" rx="1" />
    <path d="M2.5 6.5h11M5.5 1.8v2.4m5-2.4v2.4M5.3 9.3h5.4M5.3 11.6h3.4" />
  </Icon>
);
export const CopyIcon = (props: IconProps) => (
  <Icon {...props}>
    <rect x="5.5" y="5.5" width="8" height="8" rx="1" />
    <path d="M10.5 5.5v-3h-8v8h3" />
  </Icon>
);
export const CheckIcon = (props: IconProps) => (
  <Icon {...props}>
    <path d="m3 8.5 3.2 3.2L13 4.8" />
  </Icon>
);
export const GripIcon = (props: IconProps) => (
  <Icon {...props}>
    <path d="M3 5.5h10M3 8h10M3 10.5h10" />
  </Icon>
);
export const CrossIcon = (props: IconProps) => (
  <Icon {...props}>
    <path d="m4 4 8 8m0-8-8 8" />
  </Icon>
);
export const PlusIcon = (props: IconProps) => (
  <Icon {...props}>
    <path d="M8 3v10M3 8h10" />
  </Icon>
);
export const MoreIcon = (props: IconProps) => (
  <Icon {...props}>
    <path d="M3.2 8h.01M8 8h.01M12.8 8h.01" strokeWidth="2.2" />
  </Icon>
);
export const WarningIcon = (props: IconProps) => (
  <Icon {...props}>
    <path d="M8 2.3 14.3 13H1.7L8 2.3Zm0 4.2v3m0 1.9v.01" />
  </Icon>
);
export const SunIcon = (props: IconProps) => (
  <Icon {...props}>
    <circle cx="8" cy="8" r="2.8" />
    <path d="M8 1.5v1.3m0 10.4v1.3M1.5 8h1.3m10.4 0h1.3M3.4 3.4l.9.9m7.4 7.4.9.9m0-9.2-.9.9m-7.4 7.4-.9.9" />
  </Icon>
);
export const MoonIcon = (props: IconProps) => (
  <Icon {...props}>
    <path d="M13.3 9.6A5.6 5.6 0 0 1 6.4 2.7a5.6 5.6 0 1 0 6.9 6.9Z" />
  </Icon>
);
export const ScreenIcon = (props: IconProps) => (
  <Icon {...props}>
    <rect x="2" y="3" width="12" height="8" rx="1" />
    <path d="M6 13.5h4" />
  </Icon>
);
export const GlobeIcon = (props: IconProps) => (
  <Icon {...props}>
    <circle cx="8" cy="8" r="6" />
    <path d="M2 8h12M8 2c-4 4-4 8 0 12 4-4 4-8 0-12Z" />
  </Icon>
);
export const PersonIcon = (props: IconProps) => (
  <Icon {...props}>
    <circle cx="8" cy="5.2" r="2.7" />
    <path d="M2.8 13.7c.6-2.8 2.6-4.2 5.2-4.2s4.6 1.4 5.2 4.2" />
  </Icon>
);
export const PeopleIcon = (props: IconProps) => (
  <Icon {...props}>
    <circle cx="6" cy="5.4" r="2.4" />
    <path d="M1.6 13.4c.5-2.5 2.2-3.7 4.4-3.7s3.9 1.2 4.4 3.7" />
    <path d="M10.3 3.2a2.3 2.3 0 0 1 0 4.4M11.9 10c1.4.5 2.3 1.6 2.6 3.4" />
  </Icon>
);
export const CustomerIcon = (props: IconProps) => (
  <Icon {...props}>
    <path d="M2.5 13.5v-9l5.5-2.3 5.5 2.3v9M1.5 13.5h13M6.5 13.5v-3h3v3M5.5 6.2h1M9.5 6.2h1" />
  </Icon>
);
export const ChevronIcon = (props: IconProps) => (
  <Icon {...props}>
    <path d="m4.5 6.2 3.5 3.6 3.5-3.6" />
  </Icon>
);
export const TableIcon = (props: IconProps) => (
  <Icon {...props}>
    <path d="M2 3h12v10H2V3Zm0 3.5h12M2 9.8h12M6.2 6.5V13" />
  </Icon>
);
export const RailIcon = (props: IconProps) => (
  <Icon {...props}>
    <path d="M2 3h12v10H2V3Zm4 0v10" />
  </Icon>
);
export const ChannelIcon = (props: IconProps) => (
  <Icon {...props}>
    <path d="M2 4h5l3 8h4M2 12h5l3-8h4" />
  </Icon>
);
export const GroupIcon = (props: IconProps) => (
  <Icon {...props}>
    <path d="M8 2.2 14 5.4 8 8.6 2 5.4 8 2.2Zm-6 6 6 3.2 6-3.2M2 10.9l6 3.1 6-3.1" />
  </Icon>
);
export const OrderIcon = (props: IconProps) => (
  <Icon {...props}>
    <path d="M3.5 2h9v12l-2.2-1.4L8 14l-2.3-1.4L3.5 14V2Zm2.7 3.5h3.6M6.2 8.5h3.6" />
  </Icon>
);
export const RefundIcon = (props: IconProps) => (
  <Icon {...props}>
    <path d="M5.2 3 2.5 5.7l2.7 2.7M2.5 5.7h7a4 4 0 0 1 0 8H5" />
  </Icon>
);
export const ReplyIcon = (props: IconProps) => (
  <Icon {...props}>
    <path d="M2.5 3h11v7.5H7L4 13v-2.5H2.5V3Zm2.7 2.6h5.6M5.2 8h3.4" />
  </Icon>
);
export const PlanIcon = (props: IconProps) => (
  <Icon {...props}>
    <path d="M8.5 2.5h5v5l-6 6-5-5 6-6Zm2.2 2.8h.01" />
  </Icon>
);
export const ScalesIcon = (props: IconProps) => (
  <Icon {...props}>
    <path d="M8 2.2v11.3m-3 0h6M3 4.5h10M3.5 4.5 1.8 9a2 2 0 0 0 3.4 0L3.5 4.5Zm9 0L10.8 9a2 2 0 0 0 3.4 0l-1.7-4.5Z" />
  </Icon>
);
export const CardIcon = (props: IconProps) => (
  <Icon {...props}>
    <rect x="1.8" y="3.5" width="12.4" height="9" rx="1.2" />
    <path d="M1.8 6.6h12.4M4.4 9.9h2.4" />
  </Icon>
);
export const MailIcon = (props: IconProps) => (
  <Icon {...props}>
    <rect x="1.8" y="3.5" width="12.4" height="9" rx="1" />
    <path d="m2.2 4.3 5.8 4.6 5.8-4.6" />
  </Icon>
);
export const GiftIcon = (props: IconProps) => (
  <Icon {...props}>
    <path d="M2.5 5.5h11v3h-11v-3Zm1 3v5h9v-5M8 5.5v8M8 5.5C6 5.5 4.8 4.6 5 3.4c.3-1.4 2.6-1 3 2.1.4-3.1 2.7-3.5 3-2.1.2 1.2-1 2.1-3 2.1Z" />
  </Icon>
);
export const SearchIcon = (props: IconProps) => (
  <Icon {...props}>
    <circle cx="7" cy="7" r="4.5" />
    <path d="m10.3 10.3 3.4 3.4" />
  </Icon>
);
export const HornIcon = (props: IconProps) => (
  <Icon {...props}>
    <path d="M2.5 6.5v3h2.3l6.7 3.3V3.2L4.8 6.5H2.5Zm2.8 3.1.9 4h1.7l-.8-3.1M13.6 6.8v2.4" />
  </Icon>
);
export const PageIcon = (props: IconProps) => (
  <Icon {...props}>
    <path d="M3.5 2h6l3 3v9h-9V2Zm6 0v3h3M5.8 8h4.4M5.8 10.8h4.4" />
  </Icon>
);
export const SlidersIcon = (props: IconProps) => (
  <Icon {...props}>
    <path d="M2 4.5h6.5m3 0H14M2 11.5h2.5m3 0H14M10 3v3M6 10v3" />
  </Icon>
);
export const MenuIcon = (props: IconProps) => (
  <Icon {...props}>
    <path d="M2.5 4.5h11M2.5 8h11M2.5 11.5h11" />
  </Icon>
);
export const ArrowIcon = (props: IconProps) => (
  <Icon {...props}>
    <path d="M3 8h10M9 4l4 4-4 4" />
  </Icon>
);
