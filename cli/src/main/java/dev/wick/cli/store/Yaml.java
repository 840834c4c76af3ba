package dev.wick.cli.store;

import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.DumperOptions.FlowStyle;
import org.yaml.snakeyaml.DumperOptions.ScalarStyle;
import org.yaml.snakeyaml.emitter.Emitter;
import org.yaml.snakeyaml.events.DocumentEndEvent;
import org.yaml.snakeyaml.events.DocumentStartEvent;
import org.yaml.snakeyaml.events.Event;
import org.yaml.snakeyaml.events.ImplicitTuple;
import org.yaml.snakeyaml.events.MappingEndEvent;
import org.yaml.snakeyaml.events.MappingStartEvent;
import org.yaml.snakeyaml.events.ScalarEvent;
import org.yaml.snakeyaml.events.SequenceEndEvent;
import org.yaml.snakeyaml.events.SequenceStartEvent;
import org.yaml.snakeyaml.events.StreamEndEvent;
import org.yaml.snakeyaml.events.StreamStartEvent;

/** Writes values as YAML that the store reads as the very same values. */
public final class Yaml {

    /** Words that some reader of YAML, of 1.1 or 1.2, takes for a truth value, or for nothing. */
    private static final Set<String> WORDS =
            Set.of("null", "true", "false", "yes", "no", "on", "off", "y", "n");

    private static final int LONGEST_WORD = 5;

    /** What else is taken for something else than text: numbers in all their forms, dates. */
    private static final Pattern AMBIGUOUS =
            Pattern.compile(
                    "[-+]?(\\.?[0-9][0-9_]*(:[0-9_]+)*(\\.[0-9_]*)?([eE][-+]?[0-9]+)?|\\.(inf|nan))"
                            + "|[-+]?0[xob][0-9a-f_]*|[0-9]{4}-[0-9]+-[0-9]+.*"
                            + "|~|=|<<|",
                    Pattern.CASE_INSENSITIVE);

    private static final int SHORT = 72;
    private static final int SHALLOW = 2;

    private static final ImplicitTuple IMPLICIT = new ImplicitTuple(true, true);

    private Yaml() {}

    /** One document, without a line of {@code ---} before or after it. */
    public static String write(Json document) {
        StringWriter text = new StringWriter();
        try {
            Emitter out = new Emitter(text, options());
            out.emit(new StreamStartEvent(null, null));
            out.emit(new DocumentStartEvent(null, null, false, null, Map.of()));
            write(document, out);
            out.emit(new DocumentEndEvent(null, null, false));
            out.emit(new StreamEndEvent(null, null));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return text.toString();
    }

    private static DumperOptions options() {
        DumperOptions options = new DumperOptions();
        options.setSplitLines(false);
        options.setWidth(Integer.MAX_VALUE);
        options.setIndent(2);
        options.setIndicatorIndent(2);
        options.setIndentWithIndicator(true);
        return options;
    }

    private static void write(Json value, Emitter out) throws IOException {
        write(value, false, out);
    }

    private static void write(Json value, boolean flow, Emitter out) throws IOException {
        if (value.value() instanceof Map) {
            out.emit(mapping(flow));
            for (Map.Entry<String, Json> field : value.fields().entrySet()) {
                out.emit(scalar(field.getKey(), style(field.getKey())));
                write(field.getValue(), flow || isShort(field.getValue()), out);
            }
            out.emit(new MappingEndEvent(null, null));
        } else if (value.value() instanceof List) {
            out.emit(sequence(flow));
            for (Json item : value.items()) {
                write(item, flow || isShort(item), out);
            }
            out.emit(new SequenceEndEvent(null, null));
        } else if (value.value() instanceof String text) {
            out.emit(scalar(text, style(text)));
        } else {
            out.emit(scalar(value.exists() ? value.text() : "null", ScalarStyle.PLAIN));
        }
    }

    /** What fits on the line of its field reads best there: {@code route: {cluster: hello}}. */
    private static boolean isShort(Json value) {
        return room(value, SHORT, SHALLOW) >= 0;
    }

    /**
     * What is left of some room for characters beside a value; less than 0: it does not fit, or
     * nests deeper.
     */
    private static int room(Json value, int room, int depth) {
        boolean nests = value.value() instanceof Map || value.value() instanceof List;
        if (!nests) {
            String text = value.text();
            return text.indexOf('\n') >= 0 ? -1 : room - text.length();
        }
        int left = depth > 0 ? room : -1;
        for (Map.Entry<String, Json> field : value.fields().entrySet()) {
            left -= field.getKey().length() + 4;
            left = left < 0 ? left : room(field.getValue(), left, depth - 1);
        }
        for (Json item : value.items()) {
            left -= 2;
            left = left < 0 ? left : room(item, left, depth - 1);
        }
        return left;
    }

    private static Event mapping(boolean flow) {
        return new MappingStartEvent(null, null, true, null, null, style(flow));
    }

    private static Event sequence(boolean flow) {
        return new SequenceStartEvent(null, null, true, null, null, style(flow));
    }

    private static FlowStyle style(boolean flow) {
        return flow ? FlowStyle.FLOW : FlowStyle.BLOCK;
    }

    private static Event scalar(String text, ScalarStyle style) {
        return new ScalarEvent(null, null, IMPLICIT, text, null, null, style);
    }

    private static ScalarStyle style(String text) {
        if (isAmbiguous(text) || hasToBeEscaped(text)) {
            return ScalarStyle.DOUBLE_QUOTED;
        }
        return text.indexOf('\n') >= 0 ? ScalarStyle.LITERAL : ScalarStyle.PLAIN;
    }

    private static boolean isAmbiguous(String text) {
        if (!text.isEmpty() && Character.isLetter(text.charAt(0))) {
            return text.length() <= LONGEST_WORD && WORDS.contains(text.toLowerCase(Locale.ROOT));
        }
        return AMBIGUOUS.matcher(text).matches();
    }

    /** Controls and those characters that YAML takes for the end of a line. */
    private static boolean hasToBeEscaped(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if ((Character.isISOControl(c) && c != '\n')
                    || c == 0x2028
                    || c == 0x2029
                    || c == 0xFEFF) {
                return true;
            }
        }
        return false;
    }
}
