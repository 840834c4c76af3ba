package dev.wick.store.rest;

import dev.wick.store.access.Permission;
import dev.wick.store.access.Token;
import dev.wick.store.access.Tokens;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Lets in who shows a valid token, before anything else looks at the request; what he may do is
 * asked at the resource. Runs on the event loop.
 */
@Singleton
final class Guard {

    private static final String TOKEN = "wick.token";
    private static final String BEARER = "Bearer ";
    private static final int FIRST = 1_000;

    private final Tokens tokens;

    Guard(Tokens tokens) {
        this.tokens = tokens;
    }

    void register(@Observes Filters filters) {
        filters.register(this::check, FIRST);
    }

    /** Where orchestrators look first. */
    void health(@Observes Router router) {
        router.get("/health").handler(context -> context.reroute("/q/health"));
    }

    private void check(RoutingContext context) {
        String path = context.normalizedPath();
        if (isPublic(path)) {
            context.next();
            return;
        }
        Token token = token(context);
        if (token == null) {
            context.response().putHeader("WWW-Authenticate", "Bearer");
            end(
                    context,
                    401,
                    "Authorization: missing or not valid (expected: Bearer and a token of this store)");
        } else if (path.startsWith("/q/") && !Permission.READ.heldBy(token.role())) {
            end(
                    context,
                    403,
                    "role: " + token.role().spelling() + " (expected: one that may read)");
        } else {
            context.put(TOKEN, token);
            context.next();
        }
    }

    private static boolean isPublic(String path) {
        return path.equals("/openapi")
                || path.equals("/v1/schema")
                || path.equals("/health")
                || path.equals("/q/health")
                || path.startsWith("/q/health/");
    }

    private @Nullable Token token(RoutingContext context) {
        String header = context.request().getHeader(HttpHeaders.AUTHORIZATION);
        return header != null && header.regionMatches(true, 0, BEARER, 0, BEARER.length())
                ? tokens.bearer(header.substring(BEARER.length()).strip())
                : null;
    }

    private static void end(RoutingContext context, int status, String detail) {
        context.response()
                .setStatusCode(status)
                .putHeader(HttpHeaders.CONTENT_TYPE, Problems.TYPE)
                .end(Buffer.buffer(Problems.body(status, detail, List.of(), null)));
    }

    /** Who calls. Null only in public paths. */
    static @Nullable Token of(RoutingContext context) {
        return context.get(TOKEN);
    }
}
