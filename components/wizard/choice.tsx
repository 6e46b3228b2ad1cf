interface ChoiceProps {
  /** Of the group: one of it is chosen. */
  name: string;
  isChosen: boolean;
  onChoose: () => void;
  children: string;
}

/** One of a few ways, as a radio button with its words. */
export function Choice({ name, isChosen, onChoose, children }: ChoiceProps) {
  return (
    <label className="flex min-h-11 items-center gap-2.5 md:min-h-9">
      <input
        type="radio"
        name={name}
        className="size-4 shrink-0 accent-accent"
        checked={isChosen}
        onChange={onChoose}
      />
      {children}
    </label>
  );
}
