package dev.wick.model.wire;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.util.ByteArrayBuilder;
import dev.wick.model.Cluster;
import dev.wick.model.Document;
import dev.wick.model.Endpoints;
import dev.wick.model.Kind;
import dev.wick.model.Listener;
import dev.wick.model.Problem;
import dev.wick.model.Runtime;
import dev.wick.model.Secret;
import dev.wick.model.VirtualHost;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Documents as the store keeps them and instances pull them: JSON in canonical form. Reading trusts
 * what admission has checked (shapes are enforced, rules on values are not run again), and refuses
 * every field that it does not know. Streaming only: what a cold instance reads with.
 */
public final class Json {

    private Json() {}

    /**
     * Reads one document.
     *
     * @throws WireException at the first thing that is wrong
     */
    public static Document read(byte[] json) {
        try (JsonParser parser = parser(json)) {
            JsonToken token = parser.nextToken();
            if (token == null) {
                throw new WireException(new Problem("document", "", "nothing", "a document"));
            }
            return read(parser);
        } catch (IOException e) {
            throw new WireException(
                    new Problem("document", "", String.valueOf(e.getMessage()), "JSON"));
        }
    }

    /**
     * A parser with our bounds on depth and size, for texts that hold documents. It works on the
     * bytes themselves.
     */
    public static JsonParser parser(byte[] json) {
        return new BytesParser(json);
    }

    /**
     * Reads the document at whose {@code START_OBJECT} the parser stands, and leaves it at the
     * {@code END_OBJECT}; so too when it throws for the content of the document: what stands behind
     * it can be read. Where the JSON itself is broken it can not.
     *
     * @throws WireException at the first thing that is wrong
     */
    public static Document read(JsonParser parser) {
        int outside = parser.getParsingContext().getNestingDepth() - 1;
        if (parser.currentToken() != JsonToken.START_OBJECT) {
            boolean isList = parser.currentToken() == JsonToken.START_ARRAY;
            skip(parser, isList ? outside : Integer.MAX_VALUE);
            throw new WireException(new Problem("document", "", "no object", "a document"));
        }
        Tokens tokens = new JsonTokens("document", parser);
        try {
            Document document =
                    document(new Reader(tokens, JsonToken.START_OBJECT, false, true, null));
            return Objects.requireNonNull(document, "a problem that was not thrown");
        } catch (WireException e) {
            skip(parser, outside);
            throw e;
        }
    }

    private static void skip(JsonParser parser, int outside) {
        try {
            boolean more = true;
            while (more && parser.getParsingContext().getNestingDepth() > outside) {
                more = parser.nextToken() != null;
            }
        } catch (IOException e) {
            // The text itself is broken: whoever reads on meets that and says so.
        }
    }

    /**
     * Reads the document at whose first token the reader stands; null where it was reported as
     * wrong.
     */
    static @Nullable Document document(Reader in) {
        Kind given = in.givenKind();
        String spelling = in.peek("kind");
        Kind kind = spelling == null ? given : Kind.spelled(spelling);
        if (kind == null || (given != null && kind != given)) {
            String expected = given == null ? KINDS : given.spelling();
            in.report("kind", in.peeked(), expected + (in.gaveUp() ? ", first of all fields" : ""));
            in.skip();
            return null;
        }
        in.isOf(kind);
        return Shapes.of(kind).read(in);
    }

    private static final String KINDS =
            "Listener, VirtualHost, Cluster, Endpoints, Secret or Runtime";

    /**
     * Writes a document in canonical form: fields in the order of the language, defaults left out,
     * UTF-8. Equal documents give equal bytes.
     */
    public static byte[] write(Document document) {
        ByteArrayBuilder bytes = new ByteArrayBuilder();
        try (JsonGenerator out = JsonTokens.FACTORY.createGenerator(bytes)) {
            write(document, out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    /** Writes a document in canonical form as the next value of a text. */
    public static void write(Document document, JsonGenerator out) throws IOException {
        if (document instanceof VirtualHost host) {
            HostShape.VIRTUAL_HOST.write(host, out);
        } else if (document instanceof Cluster cluster) {
            ClusterShape.CLUSTER.write(cluster, out);
        } else if (document instanceof Endpoints endpoints) {
            EndpointsShape.ENDPOINTS.write(endpoints, out);
        } else if (document instanceof Listener listener) {
            ListenerShape.LISTENER.write(listener, out);
        } else if (document instanceof Secret secret) {
            SecretShape.SECRET.write(secret, out);
        } else if (document instanceof Runtime runtime) {
            RuntimeShapes.RUNTIME.write(runtime, out);
        }
    }
}
