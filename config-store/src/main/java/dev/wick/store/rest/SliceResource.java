package dev.wick.store.rest;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.wick.model.Kind;
import dev.wick.store.access.Permission;
import dev.wick.store.access.Role;
import dev.wick.store.access.Token;
import dev.wick.store.admit.Vault;
import dev.wick.store.follow.Followers;
import dev.wick.store.instances.HostHealth;
import dev.wick.store.instances.Instances;
import dev.wick.store.keep.Keep;
import dev.wick.store.keep.Stored;
import dev.wick.store.slice.Holding;
import dev.wick.store.slice.HostName;
import dev.wick.store.slice.ListenerSet;
import dev.wick.store.slice.Slice;
import dev.wick.store.slice.Slices;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.SocketAddress;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** What instances draw. */
@Path("/v1/gateways/{gateway}/slices")
@Tag(name = "instances")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
public final class SliceResource {

    static final String MIN_REVISION = "Min-Revision";

    private static final Duration PATIENCE = Duration.ofSeconds(2);
    private static final String UNNAMED = "-";

    private final Keep keep;
    private final Slices slices;
    private final Followers followers;
    private final Vault vault;
    private final Instances instances;

    SliceResource(Keep keep, Slices slices, Followers followers, Vault vault, Instances instances) {
        this.keep = keep;
        this.slices = slices;
        this.followers = followers;
        this.vault = vault;
        this.instances = instances;
    }

    @GET
    @Needs(Permission.DRAW)
    @Operation(summary = "The listener set.")
    public Response listeners(
            @PathParam("gateway") String gateway,
            @HeaderParam(MIN_REVISION) @Nullable String minRevision,
            @HeaderParam("Wick-Epoch") @Nullable String epoch,
            @HeaderParam("If-None-Match") @Nullable String ifNoneMatch,
            @Context RoutingContext context) {
        long least = least(minRevision);
        if (!isReached(gateway, least, epoch)) {
            return late(gateway, least);
        }
        ListenerSet set = slices.listeners(gateway);
        Response.ResponseBuilder response =
                EntityTags.contain(ifNoneMatch, set.etag())
                        ? Response.notModified()
                        : Response.ok(print(gateway, set, mayReveal(context)));
        return versioned(response, set.revision()).header("ETag", set.etag()).build();
    }

    @GET
    @Path("/{listener}/{chain}/{host}")
    @Needs(Permission.DRAW)
    @Operation(
            summary = "What serves a host.",
            description =
                    "The unnamed chain is -, the host is percent-encoded. In the chain *clusters of listener * stand clusters by their names. Wick-Instance: who reads holds it from now on. Min-Revision: wait up to 2 s for it.")
    public Response slice(
            @PathParam("gateway") String gateway,
            @PathParam("listener") String listener,
            @PathParam("chain") String chain,
            @PathParam("host") String host,
            @HeaderParam("Wick-Instance") @Nullable String instance,
            @HeaderParam(MIN_REVISION) @Nullable String minRevision,
            @HeaderParam("Wick-Epoch") @Nullable String epoch,
            @HeaderParam("If-None-Match") @Nullable String ifNoneMatch,
            @Context RoutingContext context) {
        long least = least(minRevision);
        if (!isReached(gateway, least, epoch)) {
            return late(gateway, least);
        }
        HostName name = HostName.of(listener, chain.equals(UNNAMED) ? "" : chain, host);
        Holding holding =
                instance == null
                        ? Holding.NONE
                        : followers.holding(gateway, Names.instance(instance));
        Slice slice = slices.read(gateway, name, holding);
        Slice.Found found = slice.found();
        if (found == null) {
            Response.ResponseBuilder problem =
                    Problems.of(
                            404,
                            name.host()
                                    + " is no domain of any virtual host of listener "
                                    + listener);
            return versioned(problem, slice.revision()).build();
        }
        Response.ResponseBuilder response =
                EntityTags.contain(ifNoneMatch, found.etag())
                        ? Response.notModified()
                        : Response.ok(print(gateway, slice, found, mayReveal(context)));
        return versioned(response, slice.revision())
                .header("ETag", found.etag())
                .header("Wick-Matched-Domain", found.domain())
                .build();
    }

    private static long least(@Nullable String minRevision) {
        return Parameters.number(MIN_REVISION, minRevision, 0, 0, Long.MAX_VALUE);
    }

    /** Revisions of another epoch cannot be waited for. */
    private boolean isReached(String gateway, long least, @Nullable String epoch) {
        return keep.head(gateway) >= least
                || (epoch != null && !epoch.equals(keep.epoch()))
                || keep.awaitHead(gateway, least, PATIENCE).toCompletableFuture().join();
    }

    private Response late(String gateway, long least) {
        long head = keep.head(gateway);
        Response.ResponseBuilder problem =
                Problems.of(503, "revision: " + head + " (expected: " + least + " or later)");
        return versioned(problem, head).header("Retry-After", "1").build();
    }

    private Response.ResponseBuilder versioned(Response.ResponseBuilder response, long revision) {
        return response.header("Wick-Epoch", keep.epoch())
                .header("Wick-Revision", revision)
                .header("Cache-Control", "no-store");
    }

    /** Secrets leave the store towards an instance alone, and over no wire that others can read. */
    static boolean mayReveal(RoutingContext context) {
        Token token = Guard.of(context);
        HttpServerRequest request = context.request();
        SocketAddress peer = request.connection().remoteAddress(true);
        boolean loopback =
                peer != null
                        && peer.isInetSocket()
                        && new InetSocketAddress(peer.hostAddress(), 0)
                                .getAddress()
                                .isLoopbackAddress();
        return token != null && token.role() == Role.INSTANCE && (request.isSSL() || loopback);
    }

    private byte[] print(String gateway, ListenerSet set, boolean reveal) {
        return JsonText.object(
                out -> {
                    out.writeStringField("epoch", set.epoch());
                    out.writeNumberField("revision", set.revision());
                    documents(out, "listeners", gateway, set.listeners(), reveal);
                });
    }

    private byte[] print(String gateway, Slice slice, Slice.Found found, boolean reveal) {
        return JsonText.object(
                out -> {
                    out.writeStringField("epoch", slice.epoch());
                    out.writeNumberField("revision", slice.revision());
                    out.writeStringField("domain", found.domain());
                    out.writeFieldName("virtualHost");
                    JsonText.raw(out, found.virtualHost().document());
                    documents(out, "documents", gateway, found.documents(), reveal);
                    health(out, gateway, found.documents());
                });
    }

    /** What other instances have found of the hosts of the slice's clusters. */
    private void health(JsonGenerator out, String gateway, List<Stored> documents)
            throws IOException {
        List<HostHealth> known = new ArrayList<>();
        for (Stored stored : documents) {
            if (stored.key().kind().equals(Kind.CLUSTER.spelling())) {
                known.addAll(instances.health().of(gateway, stored.key().name()));
            }
        }
        if (!known.isEmpty()) {
            JsonText.list(out, "health", known, SliceResource::health);
        }
    }

    private static void health(JsonGenerator out, HostHealth health) throws IOException {
        out.writeStartObject();
        out.writeStringField("cluster", health.cluster());
        out.writeStringField("address", health.address());
        out.writeBooleanField("failedActiveHealthCheck", health.failedCheck());
        out.writeBooleanField("ejected", health.ejected());
        out.writeNumberField("ageMillis", health.age().toMillis());
        Duration left = health.left();
        if (left != null) {
            out.writeNumberField("ejectionLeftMillis", left.toMillis());
        }
        out.writeEndObject();
    }

    private void documents(
            JsonGenerator out, String field, String gateway, List<Stored> documents, boolean reveal)
            throws IOException {
        JsonText.list(
                out,
                field,
                documents,
                (o, stored) ->
                        JsonText.raw(
                                o, vault.read(gateway, stored.key(), stored.document(), reveal)));
    }
}
