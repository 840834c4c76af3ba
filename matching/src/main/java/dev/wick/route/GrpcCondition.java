package dev.wick.route;

import dev.wick.http.RequestHead;
import org.jspecify.annotations.Nullable;

/** A request of gRPC, which its content type tells. */
final class GrpcCondition extends Condition {

    private static final String TYPE = "application/grpc";

    @Override
    boolean holds(RequestHead head) {
        String type = value(head);
        return type != null
                && type.startsWith(TYPE)
                && (type.length() == TYPE.length() || type.charAt(TYPE.length()) == '+');
    }

    @Override
    String subject() {
        return "header content-type";
    }

    @Override
    @Nullable String value(RequestHead head) {
        return head.headers().get("content-type");
    }

    @Override
    String expected() {
        return "gRPC's: application/grpc or application/grpc+...";
    }
}
