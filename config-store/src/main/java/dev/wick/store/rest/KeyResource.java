package dev.wick.store.rest;

import dev.wick.store.access.Permission;
import dev.wick.store.access.Rotation;
import dev.wick.store.access.Token;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/**
 * The key that secrets are encrypted under: its id, and its exchange. The key itself is not shown.
 */
@Path("/v1/keys")
@Tag(name = "keys")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
public final class KeyResource {

    private final Rotation rotation;

    KeyResource(Rotation rotation) {
        this.rotation = rotation;
    }

    @GET
    @Needs(Permission.TOKENS)
    @Operation(summary = "The ids of the store's keys, the current one first.")
    public Response all() {
        return Response.ok(
                        JsonText.object(
                                out ->
                                        JsonText.list(
                                                out,
                                                "keys",
                                                rotation.keys(),
                                                (o, id) -> o.writeString(id))))
                .build();
    }

    @POST
    @Path("/rotate")
    @Needs(Permission.TOKENS)
    @Operation(
            summary = "Makes a new key the current one, and takes all secrets over to it.",
            description =
                    "Each gateway that has some gets an ordinary revision. The old key stays in the"
                            + " data folder's file, for history.")
    public Response rotate(@Context RoutingContext context) {
        Token token = Guard.of(context);
        return switch (rotation.rotate(token == null ? "" : token.author())) {
            case Rotation.Rotated.Done done -> done(done);
            case Rotation.Rotated.Given _ ->
                    Problems.of(
                                    409,
                                    "the store's key comes from WICK_STORE_KEY (expected: a new one"
                                            + " there, and this one in WICK_STORE_OLD_KEYS, at the"
                                            + " next start)")
                            .build();
            case Rotation.Rotated.Unwritten(String why) -> Problems.of(507, why).build();
            case Rotation.Rotated.Undecided(String why) -> Problems.of(503, why).build();
        };
    }

    private static Response done(Rotation.Rotated.Done rotated) {
        return Response.ok(
                        JsonText.object(
                                out -> {
                                    out.writeStringField("key", rotated.key());
                                    out.writeNumberField("rewrapped", rotated.rewrapped());
                                }))
                .build();
    }
}
