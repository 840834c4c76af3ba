package dev.wick.model.wire;

import com.fasterxml.jackson.core.JsonToken;
import dev.wick.model.Problem;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.DumperOptions.ScalarStyle;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.events.AliasEvent;
import org.yaml.snakeyaml.events.Event;
import org.yaml.snakeyaml.events.MappingStartEvent;
import org.yaml.snakeyaml.events.NodeEvent;
import org.yaml.snakeyaml.events.ScalarEvent;
import org.yaml.snakeyaml.events.SequenceStartEvent;
import org.yaml.snakeyaml.parser.Parser;
import org.yaml.snakeyaml.parser.ParserImpl;
import org.yaml.snakeyaml.reader.ReaderException;

/**
 * YAML, by SnakeYAML's event parser. Nothing is ever expanded: anchors, aliases and tags are
 * refused, so that a small file stays small.
 *
 * <p>Plain scalars are read as YAML 1.2's core schema has them: {@code true} and {@code false} in
 * three spellings each, {@code null}, {@code ~} and nothing, decimal, {@code 0x} and {@code 0o}
 * numbers, and all else text, {@code yes} and {@code 12:30} included. A number in any form but
 * plain decimal digits ({@code 012}, {@code 1e3}, {@code +5}, {@code 0x1F}) fits no field: whoever
 * meant a text quotes it, whoever meant a number writes it out.
 */
final class YamlTokens implements Tokens {

    private final String source;
    private final int firstLine;
    private final YamlText reader;
    private final Parser parser;

    /** Per level: is it an object, and does a key come next. */
    private final boolean[] object = new boolean[JsonTokens.DEPTH + 1];

    private final boolean[] key = new boolean[JsonTokens.DEPTH + 1];
    private int depth;

    private String text = "";
    private @Nullable String refusal;
    private @Nullable Mark mark;

    /**
     * @param firstLine the line of the source, counted from 1, on which the text begins
     */
    YamlTokens(String source, int firstLine, String text) {
        this.source = source;
        this.firstLine = firstLine;
        LoaderOptions options = new LoaderOptions();
        options.setCodePointLimit(Integer.MAX_VALUE);
        this.reader = new YamlText(text);
        this.parser = new ParserImpl(reader, options);
    }

    @Override
    public @Nullable JsonToken next() {
        try {
            return token();
        } catch (MarkedYAMLException e) {
            throw broken(e.getProblemMark(), problem(e), hint(e));
        } catch (YamlText.TooLong e) {
            throw broken(
                    mark,
                    "more than 1 MiB behind this",
                    "texts of at most "
                            + JsonTokens.SCALAR
                            + " characters, and less than 1 MiB of comments between two");
        } catch (ReaderException e) {
            throw new WireException(
                    new Problem(
                            source + ":" + firstLine,
                            "",
                            Problem.shown(Character.toString(e.getCodePoint())),
                            "printable characters only, escaped where they are meant"));
        }
    }

    private @Nullable JsonToken token() {
        while (true) {
            reader.beginEvent();
            Event event = parser.getEvent();
            if (event == null) {
                return null;
            }
            mark = event.getStartMark();
            refusal = null;
            text = "";
            switch (event.getEventId()) {
                case MappingStart, SequenceStart, Scalar, Alias -> {
                    return node((NodeEvent) event);
                }
                case MappingEnd -> {
                    depth--;
                    return JsonToken.END_OBJECT;
                }
                case SequenceEnd -> {
                    depth--;
                    return JsonToken.END_ARRAY;
                }
                default -> {}
            }
        }
    }

    private JsonToken node(NodeEvent event) {
        if (object[depth] && key[depth]) {
            key[depth] = false;
            return field(event);
        }
        key[depth] = true;
        if (event instanceof ScalarEvent scalar) {
            refusal = refused(event.getAnchor(), scalar.getTag());
            return scalar(scalar);
        }
        if (event instanceof AliasEvent) {
            text = "*" + event.getAnchor();
            refusal =
                    "the value itself: aliases are not supported, and a text that begins with * needs quotes";
            return JsonToken.VALUE_EMBEDDED_OBJECT;
        }
        boolean opensObject = event instanceof MappingStartEvent;
        refusal =
                refused(
                        event.getAnchor(),
                        opensObject
                                ? ((MappingStartEvent) event).getTag()
                                : ((SequenceStartEvent) event).getTag());
        if (depth == JsonTokens.DEPTH) {
            throw broken(
                    mark, "nested deeper", "values nested at most " + JsonTokens.DEPTH + " deep");
        }
        depth++;
        object[depth] = opensObject;
        key[depth] = true;
        return opensObject ? JsonToken.START_OBJECT : JsonToken.START_ARRAY;
    }

    private JsonToken field(NodeEvent event) {
        if (event instanceof ScalarEvent scalar
                && refused(event.getAnchor(), scalar.getTag()) == null) {
            text = scalar.getValue();
            if (text.length() <= 1_000) {
                return JsonToken.FIELD_NAME;
            }
        }
        throw broken(mark, "no name of a field", "a plain name before the colon");
    }

    private JsonToken scalar(ScalarEvent scalar) {
        text = scalar.getValue();
        if (text.length() > JsonTokens.SCALAR) {
            throw broken(
                    mark, "too large", "texts of at most " + JsonTokens.SCALAR + " characters");
        }
        return scalar.getScalarStyle() == ScalarStyle.PLAIN && scalar.getTag() == null
                ? plain(text)
                : JsonToken.VALUE_STRING;
    }

    /** What a scalar without quotes is. */
    static JsonToken plain(String text) {
        return switch (text) {
            case "", "~", "null", "Null", "NULL" -> JsonToken.VALUE_NULL;
            case "true", "True", "TRUE" -> JsonToken.VALUE_TRUE;
            case "false", "False", "FALSE" -> JsonToken.VALUE_FALSE;
            default -> YamlNumbers.token(text);
        };
    }

    private static @Nullable String refused(@Nullable String anchor, @Nullable String tag) {
        if (anchor != null) {
            return "the value without the anchor &" + anchor;
        }
        return tag == null
                ? null
                : "the value without the tag " + tag.replace("tag:yaml.org,2002:", "!!");
    }

    private static String problem(MarkedYAMLException e) {
        String problem = e.getProblem();
        String context = e.getContext();
        if (problem == null) {
            return context == null ? "unreadable" : context;
        }
        return context == null ? problem : context + ", " + problem;
    }

    private static String hint(MarkedYAMLException e) {
        String said = problem(e);
        if (said.contains("an alias")) {
            return "YAML: a text that begins with * needs quotes";
        }
        if (said.contains("TAB")) {
            return "YAML: indented with spaces";
        }
        return "YAML";
    }

    private WireException broken(@Nullable Mark at, String value, String expected) {
        String place =
                at == null
                        ? source + ":" + firstLine
                        : source + ":" + (firstLine + at.getLine()) + ":" + (at.getColumn() + 1);
        return new WireException(new Problem(place, "", value, expected));
    }

    @Override
    public String text() {
        return text;
    }

    @Override
    public @Nullable String refusal() {
        return refusal;
    }

    @Override
    public String source() {
        return source;
    }

    @Override
    public int line() {
        return mark == null ? firstLine : firstLine + mark.getLine();
    }
}
