package dev.wick.route;

import dev.wick.http.RequestHead;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The value of a header, a pseudo header included. */
final class HeaderCondition extends Condition {

    private final String name;
    private final Function<RequestHead, @Nullable String> reader;
    private final ValueTest test;
    private final boolean invert;

    HeaderCondition(String name, ValueTest test, boolean invert) {
        this.name = name;
        this.reader = reader(name);
        this.test = test;
        this.invert = invert;
    }

    private static Function<RequestHead, @Nullable String> reader(String name) {
        return switch (name) {
            case "host", ":authority" -> head -> unlessEmpty(head.authority());
            case ":method" -> RequestHead::method;
            case ":scheme" -> RequestHead::scheme;
            case ":path" -> head -> unlessEmpty(head.path());
            default -> head -> head.headers().joined(name);
        };
    }

    /** A head without an authority (HTTP/1.0) or a path (CONNECT) has an empty one. */
    private static @Nullable String unlessEmpty(String value) {
        return value.isEmpty() ? null : value;
    }

    @Override
    boolean holds(RequestHead head) {
        return test.holds(reader.apply(head), invert);
    }

    @Override
    String subject() {
        return "header " + name;
    }

    @Override
    @Nullable String value(RequestHead head) {
        return reader.apply(head);
    }

    @Override
    String expected() {
        return test.expected(invert);
    }
}
