package dev.wick.store.rest;

import dev.wick.model.wire.JsonSchema;
import dev.wick.store.access.Permission;
import dev.wick.store.admit.GatewayName;
import dev.wick.store.keep.Keep;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SecuritySchemeType;
import org.eclipse.microprofile.openapi.annotations.security.SecurityScheme;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** What is of no one gateway. */
@Path("/v1")
@SecurityScheme(
        securitySchemeName = ApiDescription.TOKEN,
        type = SecuritySchemeType.HTTP,
        scheme = "bearer",
        description =
                "A token of this store: its first admin token is in the file `token` of its data folder.")
@Tag(name = "store")
@RunOnVirtualThread
public final class StoreResource {

    private final Keep keep;
    private final String schema = JsonSchema.text();

    StoreResource(Keep keep) {
        this.keep = keep;
    }

    @GET
    @Path("/schema")
    @Produces("application/schema+json")
    @Operation(summary = "The JSON Schema of documents, for editors.")
    public String schema() {
        return schema;
    }

    @GET
    @Path("/gateways")
    @Produces(MediaType.APPLICATION_JSON)
    @Needs(Permission.READ)
    @Operation(summary = "The gateways that have a revision.")
    public Response gateways() {
        List<String> names =
                keep.gateways().stream().filter(GatewayName::isValid).sorted().toList();
        byte[] body =
                JsonText.object(
                        out -> {
                            out.writeStringField("epoch", keep.epoch());
                            JsonText.list(
                                    out,
                                    "gateways",
                                    names,
                                    (o, name) -> {
                                        o.writeStartObject();
                                        o.writeStringField("gateway", name);
                                        o.writeNumberField("revision", keep.head(name));
                                        o.writeEndObject();
                                    });
                        });
        return Response.ok(body).build();
    }
}
