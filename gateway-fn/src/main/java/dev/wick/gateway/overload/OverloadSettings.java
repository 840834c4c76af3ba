package dev.wick.gateway.overload;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** When each action is taken. Immutable. */
public final class OverloadSettings {

    private static final OverloadAction[] ACTIONS = OverloadAction.values();

    /** What holds where nothing is said. */
    public static final OverloadSettings DEFAULT =
            new OverloadSettings(
                    new Trigger[] {
                        new Trigger(0.80, 0.90),
                        new Trigger(0.85, 0.95),
                        new Trigger(0.85, 0.95),
                        new Trigger(0.95, 0.95)
                    });

    /** No action is taken. */
    public static final OverloadSettings OFF =
            new OverloadSettings(
                    new Trigger[] {Trigger.OFF, Trigger.OFF, Trigger.OFF, Trigger.OFF});

    private final Trigger[] triggers;

    private OverloadSettings(Trigger[] triggers) {
        this.triggers = triggers;
    }

    /** The same, with another trigger of one action. */
    public OverloadSettings with(OverloadAction action, Trigger trigger) {
        Trigger[] all = triggers.clone();
        all[action.ordinal()] = trigger;
        return new OverloadSettings(all);
    }

    /** When an action is taken. */
    public Trigger trigger(OverloadAction action) {
        return triggers[action.ordinal()];
    }

    /** Whether no action is ever taken. */
    public boolean off() {
        for (Trigger trigger : triggers) {
            if (trigger != Trigger.OFF) {
                return false;
            }
        }
        return true;
    }

    /** Below this, nothing is done, and it need not be known how full memory is. */
    double lowest() {
        double lowest = Double.MAX_VALUE;
        for (Trigger trigger : triggers) {
            lowest = Math.min(lowest, trigger.from());
        }
        return lowest;
    }

    /** As {@code --overload} has it. */
    public String text() {
        StringBuilder text = new StringBuilder();
        for (OverloadAction action : ACTIONS) {
            Trigger trigger = trigger(action);
            text.append(text.isEmpty() ? "" : ",").append(action.text()).append('=');
            if (trigger == Trigger.OFF) {
                text.append("off");
            } else if (trigger.from() == trigger.to()) {
                text.append(trigger.from());
            } else {
                text.append(trigger.from()).append('-').append(trigger.to());
            }
        }
        return text.toString();
    }

    /**
     * Reads {@code off}, or {@code ACTION=TRIGGER,...} where a trigger is {@code off}, a threshold
     * as {@code 0.9}, or {@code 0.85-0.95}; what is not named is as by default.
     *
     * @throws IllegalArgumentException with the part that is wrong
     */
    public static OverloadSettings parse(String text) {
        if (text.equals("off")) {
            return OFF;
        }
        OverloadSettings settings = DEFAULT;
        int start = 0;
        while (start < text.length()) {
            int comma = text.indexOf(',', start);
            int end = comma < 0 ? text.length() : comma;
            String part = text.substring(start, end).strip();
            int equals = part.indexOf('=');
            OverloadAction action = equals < 0 ? null : action(part.substring(0, equals));
            if (action == null) {
                throw new IllegalArgumentException(part);
            }
            settings = settings.with(action, trigger(part, part.substring(equals + 1)));
            start = end + 1;
        }
        return settings;
    }

    private static @Nullable OverloadAction action(String text) {
        for (OverloadAction action : ACTIONS) {
            if (action.text().equals(text)) {
                return action;
            }
        }
        return null;
    }

    private static Trigger trigger(String part, String text) {
        if (text.equals("off")) {
            return Trigger.OFF;
        }
        int dash = text.indexOf('-');
        double from = share(part, dash < 0 ? text : text.substring(0, dash));
        double to = dash < 0 ? from : share(part, text.substring(dash + 1));
        if (from > to) {
            throw new IllegalArgumentException(part);
        }
        return new Trigger(from, to);
    }

    private static double share(String part, String text) {
        try {
            double share = Double.parseDouble(text);
            if (share > 0 && share <= 1) {
                return share;
            }
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(part, e);
        }
        throw new IllegalArgumentException(part);
    }

    @Override
    public String toString() {
        return Arrays.toString(triggers);
    }
}
