package dev.wick.route;

import dev.wick.http.RequestHead;
import org.jspecify.annotations.Nullable;

/** What a route asks of a request beyond its path; all of a route's conditions must hold. */
public abstract sealed class Condition
        permits MethodCondition, GrpcCondition, HeaderCondition, QueryCondition, CookieCondition {

    Condition() {}

    /** Any of these methods; case matters. */
    public static Condition methods(String... methods) {
        return new MethodCondition(methods);
    }

    /**
     * A header, one of whose values must pass the test. {@code host} is the authority, and {@code
     * :method}, {@code :scheme}, {@code :authority} and {@code :path} (with its query) may be asked
     * for too, as in Envoy.
     *
     * @param name in lower case
     * @param missingAsEmpty whether a missing header counts as an empty one
     */
    public static Condition header(
            String name, ValueTest test, boolean invert, boolean missingAsEmpty) {
        return new HeaderCondition(name, test, invert, missingAsEmpty);
    }

    /** The first cookie of that name. */
    public static Condition cookie(String name, ValueTest test, boolean invert) {
        return new CookieCondition(name, test, invert);
    }

    /** A content type of gRPC, as {@code application/grpc+proto}. */
    public static Condition grpc() {
        return new GrpcCondition();
    }

    /** The first query parameter of that name, as sent. */
    public static Condition query(String name, ValueTest test) {
        return new QueryCondition(name, test);
    }

    abstract boolean holds(RequestHead head);

    /** What it looks at, as {@code header x-version}. */
    abstract String subject();

    /** What it sees there, or null where there is nothing. */
    abstract @Nullable String value(RequestHead head);

    /** What would make it hold, as {@code exact "2"}. */
    abstract String expected();
}
