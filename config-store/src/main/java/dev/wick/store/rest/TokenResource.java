package dev.wick.store.rest;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.wick.store.access.Permission;
import dev.wick.store.access.Role;
import dev.wick.store.access.Token;
import dev.wick.store.access.Tokens;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.io.InputStream;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** Who may call. */
@Path("/v1/tokens")
@Tag(name = "tokens")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
public final class TokenResource {

    private final Tokens tokens;

    TokenResource(Tokens tokens) {
        this.tokens = tokens;
    }

    /** What is asked for. */
    record Wanted(@Nullable String role, @Nullable String comment) {}

    @GET
    @Needs(Permission.TOKENS)
    @Operation(summary = "All tokens, without their texts.")
    public Response all() {
        byte[] body =
                JsonText.object(
                        out ->
                                JsonText.list(
                                        out,
                                        "tokens",
                                        tokens.all(),
                                        (o, token) -> {
                                            o.writeStartObject();
                                            fields(o, token);
                                            o.writeEndObject();
                                        }));
        return Response.ok(body).build();
    }

    private static void fields(JsonGenerator out, Token token) throws IOException {
        out.writeStringField("id", token.id());
        out.writeStringField("role", token.role().spelling());
        out.writeStringField("comment", token.comment());
        out.writeStringField("created", token.created().toString());
    }

    @POST
    @Consumes(MediaType.WILDCARD)
    @Needs(Permission.TOKENS)
    @Operation(summary = "Adds a token; its text is shown in this answer alone.")
    public Response add(@Context RoutingContext context, InputStream body) {
        Wanted wanted;
        try (Upload upload = new Upload(context)) {
            wanted = Bodies.strict(upload.read(body, Upload.SMALL), Wanted.class);
        }
        String spelling = wanted.role == null ? "" : wanted.role;
        Role role = Role.spelled(spelling);
        if (role == null) {
            throw Problems.parameter("role", spelling, "admin, reader or instance");
        }
        String comment = wanted.comment == null ? "" : wanted.comment;
        Tokens.Issued issued = tokens.issue(role, comment);
        return switch (tokens.add(issued, author(context))) {
            case YES -> added(issued);
            case UNWRITTEN -> unwritten();
            case TOO_MANY ->
                    Problems.of(
                                    409,
                                    "there are as many tokens as there may be; nothing was changed (expected: some revoked first)")
                            .build();
            case NO_SUCH_TOKEN, LAST_ADMIN, UNKNOWN ->
                    Problems.of(503, "whether the token was kept is not known; look at the list")
                            .build();
        };
    }

    private static Response added(Tokens.Issued issued) {
        byte[] answer =
                JsonText.object(
                        out -> {
                            fields(out, issued.token());
                            out.writeStringField("token", issued.text());
                        });
        return Response.status(201).entity(answer).header("Cache-Control", "no-store").build();
    }

    @DELETE
    @Path("/{id}")
    @Needs(Permission.TOKENS)
    @Operation(summary = "Revokes a token: refused from now on, its streams ended within seconds.")
    public Response revoke(@Context RoutingContext context, @PathParam("id") String id) {
        return switch (tokens.revoke(id, author(context))) {
            case YES -> Response.noContent().build();
            case NO_SUCH_TOKEN -> Problems.of(404, "token " + id + " does not exist").build();
            case LAST_ADMIN ->
                    Problems.of(
                                    409,
                                    "token "
                                            + id
                                            + " is the last admin's (expected: another admin token)")
                            .build();
            case UNWRITTEN -> unwritten();
            case TOO_MANY, UNKNOWN ->
                    Problems.of(503, "whether the token was revoked is not known; look at the list")
                            .build();
        };
    }

    private static Response unwritten() {
        return Problems.of(507, "the disk does not take it; nothing was changed").build();
    }

    private static String author(RoutingContext context) {
        Token token = Guard.of(context);
        return token == null ? "" : token.author();
    }
}
