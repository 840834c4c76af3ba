package dev.wick.store.rest;

import dev.wick.store.access.Token;
import dev.wick.store.access.Tokens;
import dev.wick.store.admit.Vault;
import dev.wick.store.follow.Feed;
import dev.wick.store.keep.Keep;
import io.quarkus.virtual.threads.VirtualThreads;
import io.smallrye.mutiny.Multi;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Singleton;
import jakarta.ws.rs.sse.OutboundSseEvent;
import jakarta.ws.rs.sse.Sse;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;

/** Opens streams of server-sent events. */
@Singleton
final class Streams {

    private final Keep keep;
    private final Vault vault;
    private final Tokens tokens;
    private final Executor executor;

    Streams(Keep keep, Vault vault, Tokens tokens, @VirtualThreads ExecutorService executor) {
        this.keep = keep;
        this.vault = vault;
        this.tokens = tokens;
        this.executor = executor;
    }

    /** Until the reader goes, the feed ends, or the reader's token is revoked. */
    Multi<OutboundSseEvent> open(Feed feed, String gateway, Sse sse, RoutingContext context) {
        Token token = Guard.of(context);
        Events events =
                new Events(sse, vault, gateway, keep.epoch(), SliceResource.mayReveal(context));
        FeedStream stream =
                new FeedStream(
                        feed,
                        () -> token != null && tokens.isValid(token),
                        executor,
                        events::print);
        return Multi.createFrom().publisher(stream);
    }
}
