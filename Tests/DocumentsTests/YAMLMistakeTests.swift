import Documents
import Testing

@Suite("What YAML hides")
struct YAMLMistakeTests {
  @Test(
    "Missing quotes are told as what they are, with the line as it should be",
    arguments: [
      (
        "---\ntitle: Lecture 1: Models\n---\n",
        "a.md:2:8: error: the text of \"title\" holds a colon, behind which YAML expects a value "
          + "(write title: \"Lecture 1: Models\")"
      ),
      (
        "---\ntitle: \"a\"\nauthor: @ada\n---\n",
        "a.md:3:9: error: the text of \"author\" cannot begin with @ unless it has quotes (write author: \"@ada\")"
      ),
      (
        "---\nabstract: *x* first\n---\n",
        "a.md:2:11: error: the text of \"abstract\" cannot begin with * unless it has quotes (write abstract: \"*x* first\")"
      ),
      (
        "---\ntitle: [Draft] a \"b\"\n---\n",
        "a.md:2:8: error: the text of \"title\" cannot begin with [ unless it has quotes (write title: '[Draft] a \"b\"')"
      ),
      (
        "---\ntitle: C # and more\n---\n",
        "a.md:2:10: warning: the text of \"title\" ends here: what follows # is a comment (write title: \"C # and more\")"
      ),
      (
        "```{experiment}\n#| label: a\nexpect: {test.accuracy: >= 0.9}\n```\n",
        "a.md:3:25: error: >= 0.9 needs quotes: YAML reads > as the beginning of something else (write \">= 0.9\")"
      ),
      (
        "```{experiment}\n#| label: a\nexpect:\n  test.accuracy: > 0.9\n```\n",
        "a.md:4:18: error: > 0.9 needs quotes: YAML reads > as the beginning of something else (write \"> 0.9\")"
      ),
      (
        "```{swift}\n#| fig-cap: Loss: training\nx\n```\n",
        "a.md:2:13: error: the text of \"fig-cap\" holds a colon, behind which YAML expects a value "
          + "(write fig-cap: \"Loss: training\")"
      ),
    ])
  func quotes(text: String, message: String) {
    #expect(DocumentReader.read(text: text, file: "a.md").problems.map(\.description) == [message])
  }

  @Test(
    "Comments and quoted texts are left alone",
    arguments: ["seed: 3 # three", "title: \"a # b\"", "title: a#b", "toc: true # yes"])
  func fine(line: String) {
    #expect(DocumentReader.read(text: "---\n\(line)\n---\n", file: "a.md").problems == [])
  }
}
