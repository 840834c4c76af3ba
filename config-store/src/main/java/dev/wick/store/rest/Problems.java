package dev.wick.store.rest;

import dev.wick.model.Problem;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Response;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Refusals, all as {@code application/problem+json} (RFC 9457). */
final class Problems {

    static final String TYPE = "application/problem+json";

    private Problems() {}

    static Response.ResponseBuilder of(int status, String detail) {
        return of(status, detail, List.of(), null);
    }

    static Response.ResponseBuilder of(
            int status, String detail, List<Problem> problems, @Nullable String requestId) {
        return Response.status(status).type(TYPE).entity(body(status, detail, problems, requestId));
    }

    static byte[] body(
            int status, String detail, List<Problem> problems, @Nullable String requestId) {
        Response.Status known = Response.Status.fromStatusCode(status);
        String title =
                status == 422
                        ? "Unprocessable Content"
                        : known == null ? "" : known.getReasonPhrase();
        return JsonText.object(
                out -> {
                    out.writeStringField("type", "about:blank");
                    out.writeStringField("title", title);
                    out.writeNumberField("status", status);
                    out.writeStringField("detail", detail);
                    if (requestId != null) {
                        out.writeStringField("requestId", requestId);
                    }
                    if (!problems.isEmpty()) {
                        JsonText.list(out, "problems", problems, Problems::write);
                    }
                });
    }

    static void write(com.fasterxml.jackson.core.JsonGenerator out, Problem problem)
            throws java.io.IOException {
        out.writeStartObject();
        out.writeStringField("document", problem.document());
        out.writeStringField("field", problem.field());
        out.writeStringField("value", problem.value());
        out.writeStringField("expected", problem.expected());
        out.writeEndObject();
    }

    /** To be thrown where a request cannot be read. */
    static WebApplicationException refusal(int status, String detail) {
        return new WebApplicationException(of(status, detail).build());
    }

    /** To be thrown for one parameter: {@code limit: 0 (expected: 1-1000)}. */
    static WebApplicationException parameter(String name, String value, String expected) {
        Problem problem = new Problem("request", name, Problem.shown(value), expected);
        String detail = name + ": " + value + " (expected: " + expected + ")";
        return new WebApplicationException(of(422, detail, List.of(problem), null).build());
    }
}
