package io.github.imagehost.rest.error;

import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.boot.webmvc.error.ErrorController;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.RequestMapping;

/** Answers for what failed outside the controllers. */
@Controller
class FallbackErrorController implements ErrorController {

    private final ErrorResponses errors;

    FallbackErrorController(ErrorResponses errors) {
        this.errors = errors;
    }

    @RequestMapping("${spring.web.error.path:${error.path:/error}}")
    void error(HttpServletRequest request, HttpServletResponse response) throws IOException {
        Object status = request.getAttribute(RequestDispatcher.ERROR_STATUS_CODE);
        // without a status nothing failed: somebody asked for this path
        int code = status instanceof Integer number ? number : HttpStatus.NOT_FOUND.value();
        errors.write(request, response, code);
    }
}
