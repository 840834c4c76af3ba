package dev.wick.store.rest;

import dev.wick.model.Kind;
import dev.wick.model.wire.Documents;
import dev.wick.store.access.Permission;
import dev.wick.store.admit.Admission;
import dev.wick.store.admit.Answer;
import dev.wick.store.admit.Bundle;
import dev.wick.store.admit.Vault;
import dev.wick.store.keep.Keep;
import dev.wick.store.keep.Pin;
import dev.wick.store.keep.Stored;
import dev.wick.store.revision.Key;
import dev.wick.store.revision.Revision;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.InputStream;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** Documents, one at a time, and by the page. */
@Path("/v1/gateways/{gateway}")
@Tag(name = "documents")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
public final class DocumentResource {

    private static final int MOST_ITEMS = 1_000;

    private final Keep keep;
    private final Admission admission;
    private final Vault vault;

    DocumentResource(Keep keep, Admission admission, Vault vault) {
        this.keep = keep;
        this.admission = admission;
        this.vault = vault;
    }

    @GET
    @Needs(Permission.READ)
    @Operation(summary = "The head of a gateway: its epoch and revision, and its ETag.")
    public Response head(@PathParam("gateway") String gateway) {
        Revision head = new Revision(keep.epoch(), keep.head(gateway));
        byte[] body =
                JsonText.object(
                        out -> {
                            out.writeStringField("epoch", head.epoch());
                            out.writeNumberField("revision", head.number());
                        });
        return Response.ok(body).header("ETag", head.etag()).build();
    }

    @PUT
    @Path("/{kind: [A-Z][A-Za-z]*}/{name}")
    @Consumes(MediaType.WILDCARD)
    @Needs(value = Permission.WRITE, dryRunReads = true)
    @Operation(
            summary = "Creates or replaces a document.",
            description =
                    "The body is JSON or YAML; kind and name may be left out of it. If-Match: the document's ETag, or *. If-None-Match: * creates only.")
    public Response put(
            @BeanParam Call call,
            @PathParam("kind") String spelling,
            @PathParam("name") String name,
            @Context RoutingContext context,
            InputStream body) {
        Kind kind = kind(spelling);
        try (Upload upload = new Upload(context)) {
            String text = Bodies.text(upload.read(body, Upload.LARGE));
            Bundle bundle = Bundle.of(Documents.parse("body", text, kind, name), false);
            return Answers.printDocument(admission.apply(call.onDocument(kind, name), bundle));
        }
    }

    @GET
    @Path("/{kind: [A-Z][A-Za-z]*}/{name}")
    @Needs(Permission.READ)
    @Operation(summary = "A document. Secrets read as (redacted).")
    public Response get(
            @PathParam("gateway") String gateway,
            @PathParam("kind") String spelling,
            @PathParam("name") String name,
            @HeaderParam("If-None-Match") @Nullable String ifNoneMatch) {
        Key key = Names.key(kind(spelling).spelling(), name);
        try (Pin pin = keep.pin(gateway)) {
            Stored stored = pin.document(key);
            if (stored == null) {
                return Problems.of(404, key + " does not exist").build();
            }
            String etag = new Revision(keep.epoch(), stored.revision()).etag();
            Response.ResponseBuilder response =
                    EntityTags.contain(ifNoneMatch, etag)
                            ? Response.notModified()
                            : Response.ok(vault.shown(gateway, key, stored.document()));
            return response.header("ETag", etag).build();
        }
    }

    @DELETE
    @Path("/{kind: [A-Z][A-Za-z]*}/{name}")
    @Needs(value = Permission.WRITE, dryRunReads = true)
    @Operation(summary = "Deletes a document to which no other refers.")
    public Response delete(
            @BeanParam Call call,
            @PathParam("kind") String spelling,
            @PathParam("name") String name) {
        Kind kind = kind(spelling);
        Names.key(spelling, name);
        Answer answer = admission.delete(call.onDocument(kind, name), Bundle.delete(kind, name));
        return Answers.print(answer);
    }

    @GET
    @Path("/{kind: [A-Z][A-Za-z]*}")
    @Needs(Permission.READ)
    @Operation(
            summary = "The documents of a kind, by name.",
            description = "All pages that follow one another by `cursor` are of one revision.")
    public Response page(
            @PathParam("gateway") String gateway,
            @PathParam("kind") String spelling,
            @QueryParam("cursor") @Nullable String cursor,
            @QueryParam("limit") @Nullable String items) {
        Kind kind = kind(spelling);
        int limit = (int) Parameters.number("limit", items, 100, 1, MOST_ITEMS);
        Cursor from = Cursor.parse(cursor);
        try (Pin pin = from == null ? keep.pin(gateway) : keep.pin(gateway, from.revision())) {
            if (pin == null) {
                return from == null ? gone(gateway, "") : gone(gateway, from.name());
            }
            List<Stored> page =
                    pin.page(kind.spelling(), from == null ? null : from.name(), limit + 1);
            String next = null;
            if (page.size() > limit) {
                page = page.subList(0, limit);
                next = new Cursor(pin.revision(), page.getLast().key().name()).text();
                pin.renew(Cursor.LASTS);
            }
            return Response.ok(print(gateway, pin.revision(), page, next)).build();
        }
    }

    /** Too late for the old revision: who can do with another goes on from the same name. */
    private Response gone(String gateway, String after) {
        String fresh = new Cursor(keep.head(gateway), after).text();
        return Problems.of(
                        410,
                        "cursor: too old (expected: the next page within "
                                + Cursor.LASTS.toSeconds()
                                + " s); "
                                + fresh
                                + " goes on as of the newest revision")
                .header("Wick-Cursor", fresh)
                .build();
    }

    private byte[] print(String gateway, long revision, List<Stored> page, @Nullable String next) {
        return JsonText.object(
                out -> {
                    out.writeStringField("epoch", keep.epoch());
                    out.writeNumberField("revision", revision);
                    JsonText.list(
                            out,
                            "items",
                            page,
                            (o, stored) ->
                                    JsonText.raw(
                                            o,
                                            vault.shown(gateway, stored.key(), stored.document())));
                    if (next != null) {
                        out.writeStringField("next", next);
                    }
                });
    }

    private static Kind kind(String spelling) {
        Kind kind = Kind.spelled(spelling);
        if (kind == null) {
            throw Problems.refusal(
                    404,
                    "kind: "
                            + spelling
                            + " (expected: Listener, VirtualHost, Cluster, Endpoints, Secret or Runtime)");
        }
        return kind;
    }
}
