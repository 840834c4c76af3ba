package dev.wick.store.rest;

import dev.wick.store.access.Permission;
import dev.wick.store.follow.Followers;
import dev.wick.store.follow.Holdings;
import dev.wick.store.revision.Key;
import dev.wick.store.slice.HostName;
import io.smallrye.common.annotation.Blocking;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.smallrye.mutiny.Multi;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.sse.OutboundSseEvent;
import jakarta.ws.rs.sse.Sse;
import java.io.InputStream;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** The stream of changes to what an instance holds. */
@Path("/v1/gateways/{gateway}/follow")
@Tag(name = "instances")
public final class FollowResource {

    private final Followers followers;
    private final Streams streams;

    FollowResource(Followers followers, Streams streams) {
        this.followers = followers;
        this.streams = streams;
    }

    /** A domain as bodies spell it. */
    record Domain(String listener, @Nullable String chain, String host) {

        HostName name() {
            return HostName.of(listener, chain == null ? "" : chain, host);
        }
    }

    /** A document as bodies spell it. */
    record Named(String kind, String name) {

        Key key() {
            return Names.key(kind, name);
        }
    }

    /** All that an instance holds. */
    record Held(
            String instance,
            @Nullable String epoch,
            @Nullable Long revision,
            @Nullable List<Domain> domains,
            @Nullable List<Named> documents) {}

    /** What it holds no longer. */
    record Dropped(@Nullable List<Domain> domains, @Nullable List<Named> documents) {}

    @POST
    @Consumes(MediaType.WILDCARD)
    @Produces(MediaType.SERVER_SENT_EVENTS)
    @Blocking
    @Needs(Permission.DRAW)
    @Operation(
            summary =
                    "Follows the changes to what the body says is held, and to what is drawn from now on.")
    public Multi<OutboundSseEvent> follow(
            @PathParam("gateway") String gateway,
            @Context Sse sse,
            @Context RoutingContext context,
            InputStream body) {
        Holdings holdings = holdings(context, body);
        return streams.open(followers.follow(gateway, holdings), gateway, sse, context);
    }

    private static Holdings holdings(RoutingContext context, InputStream body) {
        try (Upload upload = new Upload(context)) {
            Held held = Bodies.json(upload.read(body, Upload.LARGE), Held.class);
            if (held.instance == null) {
                throw Problems.parameter("instance", "", "the id of the instance");
            }
            return new Holdings(
                    Names.instance(held.instance),
                    held.epoch == null ? "" : held.epoch,
                    held.revision == null ? 0 : held.revision,
                    hosts(held.domains),
                    keys(held.documents));
        }
    }

    @POST
    @Path("/{instance}/drop")
    @RunOnVirtualThread
    @Consumes(MediaType.WILDCARD)
    @Needs(Permission.DRAW)
    @Operation(summary = "What the instance holds no longer.")
    public Response drop(
            @PathParam("gateway") String gateway,
            @PathParam("instance") String instance,
            @Context RoutingContext context,
            InputStream body) {
        try (Upload upload = new Upload(context)) {
            Dropped dropped = Bodies.json(upload.read(body, Upload.LARGE), Dropped.class);
            followers.drop(
                    gateway,
                    Names.instance(instance),
                    hosts(dropped.domains),
                    keys(dropped.documents));
        }
        return Response.noContent().build();
    }

    private static List<HostName> hosts(@Nullable List<Domain> domains) {
        if (domains == null) {
            return List.of();
        }
        if (domains.stream().anyMatch(d -> d == null || d.listener == null || d.host == null)) {
            throw Problems.parameter("domains", "an entry", "listener, chain and host");
        }
        return domains.stream().map(Domain::name).toList();
    }

    private static List<Key> keys(@Nullable List<Named> documents) {
        if (documents == null) {
            return List.of();
        }
        if (documents.stream().anyMatch(d -> d == null || d.kind == null || d.name == null)) {
            throw Problems.parameter("documents", "an entry", "kind and name");
        }
        return documents.stream().map(Named::key).toList();
    }
}
