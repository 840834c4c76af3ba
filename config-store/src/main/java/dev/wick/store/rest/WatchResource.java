package dev.wick.store.rest;

import dev.wick.store.access.Permission;
import dev.wick.store.follow.Followers;
import dev.wick.store.keep.Keep;
import dev.wick.store.revision.Revision;
import io.smallrye.common.annotation.Blocking;
import io.smallrye.mutiny.Multi;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.sse.OutboundSseEvent;
import jakarta.ws.rs.sse.Sse;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** The stream of all revisions. */
@Path("/v1/gateways/{gateway}/watch")
@Tag(name = "revisions")
public final class WatchResource {

    private final Keep keep;
    private final Followers followers;
    private final Streams streams;

    WatchResource(Keep keep, Followers followers, Streams streams) {
        this.keep = keep;
        this.followers = followers;
        this.streams = streams;
    }

    @GET
    @Produces(MediaType.SERVER_SENT_EVENTS)
    @Blocking
    @Needs(Permission.READ)
    @Operation(
            summary = "Every revision from one on, and those to come.",
            description =
                    "`from` is the first wanted; without it, the next. 410 where it is no longer kept: then from=HEAD&reset=true, whose first event is `reset`.")
    public Multi<OutboundSseEvent> watch(
            @PathParam("gateway") String gateway,
            @QueryParam("from") @Nullable String from,
            @QueryParam("reset") @Nullable String reset,
            @HeaderParam("Last-Event-ID") @Nullable String last,
            @Context Sse sse,
            @Context RoutingContext context) {
        long head = keep.head(gateway);
        Revision seen = last == null ? null : Revision.parse(last);
        if (last != null && seen == null) {
            // From the head on it would be silent about all that it should go on with.
            throw Problems.parameter("Last-Event-ID", last, "the id of an event, epoch.n");
        }
        boolean otherEpoch = seen != null && !seen.epoch().equals(keep.epoch());
        long wanted = Parameters.number("from", from, head + 1, 0, Long.MAX_VALUE);
        long first = seen != null ? seen.number() + 1 : wanted;
        boolean begin = otherEpoch || "1".equals(reset) || Parameters.flag("reset", reset);
        if (!begin && first < keep.oldestRevision(gateway)) {
            throw new WebApplicationException(
                    Problems.of(
                                    410,
                                    "from: "
                                            + first
                                            + " (expected: "
                                            + keep.oldestRevision(gateway)
                                            + "-"
                                            + (head + 1)
                                            + ", or from="
                                            + head
                                            + "&reset=true)")
                            .build());
        }
        if (!begin && first > head + 1) {
            throw Problems.parameter(
                    "from", Long.toString(first), keep.oldestRevision(gateway) + "-" + (head + 1));
        }
        return streams.open(followers.watch(gateway, first, begin), gateway, sse, context);
    }
}
