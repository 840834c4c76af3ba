package dev.wick.model.check;

import dev.wick.format.Format;
import dev.wick.model.HeaderMutations;
import dev.wick.model.HeaderMutations.HeaderValue;
import org.jspecify.annotations.Nullable;

/** What holds within changes to headers. */
public final class HeaderRules {

    private HeaderRules() {}

    /** One set of changes; each value has a rule of its own. */
    public static void mutations(HeaderMutations mutations, Findings findings) {
        findings.enter("remove");
        for (int i = 0; i < mutations.remove().size(); i++) {
            findings.enter(i);
            String name = mutations.remove().get(i);
            findings.text(name, Syntax.changedHeader(name));
            findings.leave();
        }
        findings.leave();
        findings.enter("set");
        for (int i = 0; i < mutations.set().size(); i++) {
            HeaderValue header = mutations.set().get(i);
            if (!header.appendAction().overwrites()) {
                findings.enter(i);
                findings.add(
                        "appendAction",
                        header.appendAction().name(),
                        "OVERWRITE_IF_EXISTS_OR_ADD or OVERWRITE_IF_EXISTS; the others stand under add");
                findings.leave();
            }
        }
        findings.leave();
    }

    /** One header. */
    public static void value(HeaderValue header, Findings findings) {
        findings.text("name", header.name(), Syntax.changedHeader(header.name()));
        boolean empty = header.value().isEmpty() && !header.keepEmptyValue();
        findings.text(
                "value",
                header.value(),
                empty
                        ? "a value, or keepEmptyValue: true; a header to be taken away is named under remove"
                        : format(header.value()));
    }

    /** What was expected of a header's value instead; null if it is good. */
    private static @Nullable String format(String value) {
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if ((c < ' ' && c != '\t') || c == 0x7f) {
                return "no control characters";
            }
        }
        return formatted(value);
    }

    /** What was expected of a text with commands instead; null if it is good. */
    static @Nullable String formatted(String text) {
        return text.indexOf('%') < 0 ? null : Format.expected(text);
    }
}
