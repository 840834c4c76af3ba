package dev.wick.store.rest;

import dev.wick.model.wire.Documents;
import dev.wick.store.access.Permission;
import dev.wick.store.admit.Admission;
import dev.wick.store.admit.Bundle;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.InputStream;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** Bundles: many documents, one revision. */
@Path("/v1/gateways/{gateway}")
@Tag(name = "bundles")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
public final class BundleResource {

    private final Admission admission;

    BundleResource(Admission admission) {
        this.admission = admission;
    }

    @POST
    @Path("/apply")
    @Consumes(MediaType.WILDCARD)
    @Needs(value = Permission.WRITE, dryRunReads = true)
    @Operation(
            summary = "Makes a bundle of documents the next revision, or nothing of it.",
            description =
                    "The body is YAML or JSON. dryRun answers with the plan alone; prune deletes"
                            + " every document that the bundle does not name. If-Match: the gateway's"
                            + " ETag. Idempotency-Key: the same key again gives the same revision,"
                            + " once.")
    public Response apply(
            @BeanParam Call call,
            @QueryParam("prune") @Nullable String prune,
            @Context RoutingContext context,
            InputStream body) {
        try (Upload upload = new Upload(context)) {
            String text = Bodies.text(upload.read(body, Upload.LARGE));
            Bundle bundle =
                    Bundle.of(Documents.parse("body", text), Parameters.flag("prune", prune));
            return Answers.print(admission.apply(call.onGateway(), bundle));
        }
    }

    @POST
    @Path("/revisions/{revision}/restore")
    @Needs(value = Permission.WRITE, dryRunReads = true)
    @Operation(summary = "Makes every document what it was at a revision, as the next revision.")
    public Response restore(@BeanParam Call call, @PathParam("revision") long revision) {
        return Answers.print(admission.restore(call.onGateway(), revision));
    }

    @GET
    @Path("/requests/{id}")
    @Needs(Permission.READ)
    @Operation(summary = "What a request became, of the last 10,000.")
    public Response request(@PathParam("gateway") String gateway, @PathParam("id") String id) {
        Long revision = admission.outcome(gateway, id);
        if (revision == null) {
            return Problems.of(
                            404,
                            "request "
                                    + id
                                    + " is not known: it was not committed, or is forgotten")
                    .build();
        }
        byte[] body =
                JsonText.object(
                        out -> {
                            out.writeStringField("requestId", id);
                            out.writeNumberField("revision", revision);
                        });
        return Response.ok(body).build();
    }
}
