package io.github.imagehost.s3;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpResponse;
import software.amazon.awssdk.services.s3.model.S3Exception;

/**
 * What a store says when it refuses something, as the exception that the SDK would make of it.
 *
 * @see <a href="https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html">Error responses</a>
 */
final class ErrorAnswer {

    private static final Logger log = LoggerFactory.getLogger(ErrorAnswer.class);

    private static final int LONGEST = 64 * 1024;

    private @Nullable String code;
    private @Nullable String message;

    private ErrorAnswer() {}

    /**
     * Reads an answer, but does not close its body.
     *
     * @throws IOException if it breaks off
     */
    static AwsServiceException read(HttpExecuteResponse response) throws IOException {
        byte[] body = new byte[0];
        if (response.responseBody().isPresent()) {
            body = response.responseBody().get().readNBytes(LONGEST);
        }
        ErrorAnswer answer = new ErrorAnswer();
        answer.parse(new ByteArrayInputStream(body));
        SdkHttpResponse head = response.httpResponse();
        return S3Exception.builder()
                .statusCode(head.statusCode())
                .message(answer.message)
                .requestId(head.firstMatchingHeader("x-amz-request-id").orElse(null))
                .extendedRequestId(head.firstMatchingHeader("x-amz-id-2").orElse(null))
                // the request had the time of this machine as it is; the SDK compares it with the answer's
                .clockSkew(Duration.ZERO)
                .awsErrorDetails(AwsErrorDetails.builder()
                        .serviceName("S3")
                        .errorCode(answer.code)
                        .errorMessage(answer.message)
                        .sdkHttpResponse(head)
                        .build())
                .build();
    }

    /** What is not XML, as of a proxy on the way, has neither code nor message. */
    private void parse(InputStream body) {
        try {
            XMLStreamReader reader = parsers().createXMLStreamReader(body);
            while (reader.hasNext()) {
                if (reader.next() == XMLStreamReader.START_ELEMENT) {
                    switch (reader.getLocalName()) {
                        case "Code" -> code = reader.getElementText();
                        case "Message" -> message = reader.getElementText();
                        default -> {
                            // the others say nothing that anybody asks for
                        }
                    }
                }
            }
        } catch (XMLStreamException e) {
            log.debug("Not an error as S3 describes it", e);
        }
    }

    private static XMLInputFactory parsers() {
        XMLInputFactory parsers = XMLInputFactory.newDefaultFactory();
        parsers.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        parsers.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        return parsers;
    }
}
