package dev.wick.model.wire;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.wick.model.Document;
import dev.wick.model.Kind;
import dev.wick.model.Problem;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Documents as people and pipelines write them: YAML or JSON, many in one text. All problems are
 * found at once.
 */
public final class Documents {

    /** More than anybody reads. */
    private static final int MOST_PROBLEMS = 1_000;

    private final String source;
    private final Parsed.@Nullable Key given;
    private final List<Parsed.Entry> entries = new ArrayList<>();
    private final List<Parsed.Unsound> unsound = new ArrayList<>();
    private final List<Problem> problems = new ArrayList<>();

    /** Where each document stands, by kind and name. */
    private final Map<String, String> places = new HashMap<>();

    private Documents(String source, Parsed.@Nullable Key given) {
        this.source = source;
        this.given = given;
    }

    /**
     * Reads documents and checks each in itself. YAML: several in one text behind {@code ---};
     * JSON: several in a row, or in a list. A text that begins with <code>{"</code>, <code>[{
     * </code> or the like is JSON.
     *
     * @param source what the text is called in problems, as {@code routes.yaml}
     */
    public static Parsed parse(String source, String text) {
        return new Documents(source, null).read(text);
    }

    /**
     * Reads the one document that is known to be of a kind and name: it may leave them out, and
     * must not say others.
     */
    public static Parsed parse(String source, String text, Kind kind, String name) {
        return new Documents(source, new Parsed.Key(kind, name)).read(text);
    }

    private Parsed read(String text) {
        if (looksLikeJson(text)) {
            readAll(new JsonTokens(source, jsonParser(text)));
        } else {
            for (YamlParts.Part part : YamlParts.of(text)) {
                readAll(new YamlTokens(source, part.line(), part.text()));
            }
        }
        return new Parsed(entries, unsound, problems);
    }

    /**
     * YAML allows JSON's forms too, so that this only decides whose messages one gets, and whether
     * tabs may indent.
     */
    private static boolean looksLikeJson(String text) {
        int at = skipSpace(text, 0);
        if (at == text.length() || (text.charAt(at) != '{' && text.charAt(at) != '[')) {
            return false;
        }
        int inside = skipSpace(text, at + 1);
        return inside < text.length() && "\"{}]".indexOf(text.charAt(inside)) >= 0;
    }

    private static int skipSpace(String text, int from) {
        int at = from;
        while (at < text.length() && " \t\r\n\uFEFF".indexOf(text.charAt(at)) >= 0) {
            at++;
        }
        return at;
    }

    private static JsonParser jsonParser(String text) {
        try {
            return JsonTokens.FACTORY.createParser(text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void readAll(Tokens tokens) {
        try {
            boolean list = false;
            for (JsonToken token = tokens.next(); token != null; token = tokens.next()) {
                if (token == JsonToken.START_ARRAY && !list && tokens.refusal() == null) {
                    list = true;
                } else if (token == JsonToken.END_ARRAY) {
                    list = false;
                } else if (token != JsonToken.VALUE_NULL) {
                    readOne(tokens, token);
                }
            }
        } catch (WireException e) {
            add(e.problem());
        }
    }

    private void readOne(Tokens tokens, JsonToken token) {
        String place = tokens.source() + ":" + tokens.line();
        Reader in = new Reader(tokens, token, true, false, given);
        Document document = null;
        try {
            if (token != JsonToken.START_OBJECT) {
                in.wrong("a document: kind, name and the fields of the kind");
            } else if (!in.refused()) {
                document = Json.document(in);
            }
        } finally {
            // Also when the syntax breaks further down: what was found before that counts.
            in.findings().of(in.document()).forEach(this::add);
            keep(place, in, document);
        }
    }

    private void keep(String place, Reader in, @Nullable Document document) {
        Parsed.Key key = in.key();
        if (key == null) {
            return;
        }
        String name = key.kind() + "/" + key.name();
        String before = places.putIfAbsent(name, place);
        if (before != null) {
            add(
                    new Problem(
                            name,
                            "name",
                            Problem.shown(key.name()),
                            "each name once; the first is at " + before));
        } else if (document != null && in.findings().isEmpty()) {
            entries.add(new Parsed.Entry(place, document));
        } else {
            Document whole = in.findings().hasLost() ? null : document;
            unsound.add(new Parsed.Unsound(key.kind(), key.name(), whole));
        }
    }

    private void add(Problem problem) {
        if (problems.size() < MOST_PROBLEMS) {
            problems.add(problem);
        }
    }
}
