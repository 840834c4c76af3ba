package dev.wick.model.wire;

import com.fasterxml.jackson.core.JsonToken;
import dev.wick.model.Kind;
import dev.wick.model.Problem;
import dev.wick.model.check.Findings;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where the reading of one document is: its current token and what was found wrong so far. Types
 * read from it; each begins at the first token of its value and ends at the last. Used by one
 * thread.
 */
final class Reader {

    /** More than anybody reads. */
    private static final int MOST_PROBLEMS = 100;

    /** So much is read ahead at most, for all of it is kept: tokens, and characters in them. */
    static final int TOKENS_AHEAD = 100_000;

    private static final int CHARACTERS_AHEAD = 1 << 20;

    private final Tokens tokens;
    private final boolean checked;
    private final boolean first;
    private final Findings findings = new Findings(MOST_PROBLEMS);

    /** Tokens read ahead to find out the kind, and what comes next of them. */
    private @Nullable List<Ahead> ahead;

    private int nextAhead;

    /** What stood where {@link #peek} looked last. */
    private String peeked = "";

    private boolean gaveUp;

    /** The line on which the document begins. */
    private final int line;

    /** The kind and name that the document has where it says none. */
    private final Parsed.@Nullable Key given;

    private @Nullable Kind kind;
    private @Nullable String name;

    /** Whether problems do not show values. */
    private boolean hidden;

    private JsonToken current;
    private String text = "";
    private @Nullable String refusal;

    private record Ahead(JsonToken token, String text, @Nullable String refusal) {}

    /**
     * @param current where the tokens stand
     * @param checked whether values are checked too, beyond their shape
     * @param first whether to stop at the first problem by a WireException
     * @param given the kind and name that the document has where it says none, and which it must
     *     not deny
     */
    Reader(
            Tokens tokens,
            JsonToken current,
            boolean checked,
            boolean first,
            Parsed.@Nullable Key given) {
        this.given = given;
        this.tokens = tokens;
        this.checked = checked;
        this.first = first;
        this.line = tokens.line();
        this.current = current;
        take(current);
    }

    private void take(JsonToken token) {
        current = token;
        refusal = tokens.refusal();
        text = isTextual(token) ? tokens.text() : "";
    }

    private static boolean isTextual(JsonToken token) {
        return token.isScalarValue() || token == JsonToken.FIELD_NAME;
    }

    /**
     * Steps to the next token. Within a document there always is one, or the syntax is broken,
     * which throws.
     */
    JsonToken next() {
        List<Ahead> list = ahead;
        if (list != null) {
            if (nextAhead < list.size()) {
                Ahead next = list.get(nextAhead++);
                current = next.token();
                text = next.text();
                refusal = next.refusal();
                return current;
            }
            ahead = null;
        }
        take(step());
        return current;
    }

    private JsonToken step() {
        JsonToken token = tokens.next();
        if (token == null) {
            throw new WireException(
                    new Problem(
                            tokens.source() + ":" + tokens.line(),
                            "",
                            "the text ends here",
                            "the rest of a document"));
        }
        return token;
    }

    /**
     * The text of a field of the object at whose first token the reader stands, wherever in the
     * object it stands; null where it is missing or no text, or stands behind too much else. Only
     * for the outermost object, and before anything of it was read.
     */
    @Nullable String peek(String field) {
        List<Ahead> read = new ArrayList<>();
        peeked = "";
        String found = null;
        int depth = 0;
        int characters = 0;
        while (found == null) {
            JsonToken token = step();
            take(token);
            read.add(new Ahead(token, text, refusal));
            characters += text.length();
            if (read.size() >= TOKENS_AHEAD || characters > CHARACTERS_AHEAD) {
                gaveUp = true;
                peeked = "behind too much else";
                break;
            }
            if (depth == 0 && token == JsonToken.FIELD_NAME && text.equals(field)) {
                take(step());
                read.add(new Ahead(current, text, refusal));
                peeked = shown(current, text);
                if (current == JsonToken.VALUE_STRING && refusal == null) {
                    found = text;
                    break;
                }
                depth += nesting(current);
                continue;
            }
            depth += nesting(token);
            if (depth < 0) {
                break;
            }
        }
        ahead = read;
        nextAhead = 0;
        current = JsonToken.START_OBJECT;
        text = "";
        refusal = null;
        return found;
    }

    /** What problems show of the value that was looked for last by {@link #peek}. */
    String peeked() {
        return peeked;
    }

    /** Whether {@link #peek} found nothing because there was too much to look at. */
    boolean gaveUp() {
        return gaveUp;
    }

    private static int nesting(JsonToken token) {
        return token.isStructStart() ? 1 : token.isStructEnd() ? -1 : 0;
    }

    JsonToken current() {
        return current;
    }

    String text() {
        return text;
    }

    boolean checked() {
        return checked;
    }

    Findings findings() {
        return findings;
    }

    /** The kind that the document has where it says none. */
    @Nullable Kind givenKind() {
        return given == null ? null : given.kind();
    }

    /** The value of a field of the document itself where it does not say it; null: it must. */
    @Nullable String given(String field) {
        if (given == null || findings.depth() > 0 || !field.equals("name")) {
            return null;
        }
        isNamed(given.name());
        return given.name();
    }

    void isOf(Kind documentKind) {
        kind = documentKind;
    }

    /** The document's name was read; problems call the document by it from now on. */
    void isNamed(String documentName) {
        name = documentName;
        if (given != null && !given.name().equals(documentName)) {
            report(Problem.shown(documentName), given.name());
        }
    }

    /** Kind and name, as far as both are known. */
    Parsed.@Nullable Key key() {
        return kind == null || name == null ? null : new Parsed.Key(kind, name);
    }

    /** What problems call the document: its place until its kind and name are known. */
    String document() {
        return kind == null || name == null ? tokens.source() + ":" + line : kind + "/" + name;
    }

    /**
     * Whether problems do not show values from now on: one might be a secret, under a wrong name
     * too.
     */
    void hide(boolean hide) {
        hidden = hide;
    }

    /** Goes on to the last token of the value whose first token is the current one. */
    void skip() {
        int depth = nesting(current);
        while (depth > 0) {
            depth += nesting(next());
        }
    }

    /**
     * Whether the value is refused because of how it is written; then it was reported and skipped.
     */
    boolean refused() {
        String why = refusal;
        if (why == null) {
            return false;
        }
        wrong(why);
        return true;
    }

    /** Reports the current value as not what was expected, and skips it. */
    void wrong(String expected) {
        report(shown(), expected);
        skip();
    }

    /** Reports the current value, unless a rule says more of it; the value is read all the same. */
    void suspect(String expected) {
        findings.suspect(shown(), expected);
        stopAtFirst();
    }

    /** Reports a problem where the reader is. */
    void report(String value, String expected) {
        findings.add(value, expected);
        stopAtFirst();
    }

    /** Reports a problem of a field of where the reader is. */
    void report(String field, String value, String expected) {
        findings.add(field, value, expected);
        stopAtFirst();
    }

    private void stopAtFirst() {
        if (first) {
            throw new WireException(findings.of(document()).getFirst());
        }
    }

    private String shown() {
        if (hidden) {
            return "(redacted)";
        }
        return shown(current, text);
    }

    private static String shown(JsonToken token, String text) {
        return switch (token) {
            case START_OBJECT -> "an object";
            case START_ARRAY -> "a list";
            case VALUE_STRING -> Problem.shown(text);
            case VALUE_NULL -> "";
            default -> text.length() > 200 ? text.substring(0, 200) : text;
        };
    }
}
