/// What HTML, SVG, MathML and ARIA name.
enum Known {
  static func words(_ text: String) -> Set<String> {
    Set(text.split(whereSeparator: \.isWhitespace).map(String.init))
  }

  /// Sets of words after their names, a line each.
  static func table(_ text: String) -> [String: Set<String>] {
    var result: [String: Set<String>] = [:]
    for line in text.split(separator: "\n") {
      let parts = line.split(separator: ":", maxSplits: 1)
      guard parts.count == 2 else { continue }
      for name in parts[0].split(separator: " ") { result[String(name)] = words(String(parts[1])) }
    }
    return result
  }

  /// Elements without content and end tag.
  static let voidElements = words("area base br col embed hr img input link meta source track wbr")

  /// Elements whose content is text, whatever it holds.
  static let rawElements = words("script style textarea title iframe noembed noframes xmp")

  /// Elements of texts.
  static let phrasing = words(
    """
    a abbr area audio b bdi bdo br button canvas cite code data datalist del dfn em embed i iframe img
    input ins kbd label link map mark math meta meter noscript object output picture progress q ruby s
    samp script select slot small span strong sub sup svg template textarea time u var video wbr
    selectedcontent
    """)

  /// Elements of pages that are no part of a text.
  static let blocks = words(
    """
    address article aside blockquote details dialog div dl fieldset figure footer form h1 h2 h3 h4 h5 h6
    header hgroup hr main menu nav ol p pre search section table ul
    """)

  /// Elements that stand only in certain others, or in the head.
  static let bound = words(
    """
    html head body title base style li dt dd tr td th thead tbody tfoot caption colgroup col figcaption
    summary legend option optgroup source track rt rp
    """)

  /// Elements that HTML once had.
  static let obsoleteElements = words(
    """
    acronym applet basefont bgsound big blink center dir font frame frameset image isindex keygen
    listing marquee menuitem multicol nextid nobr noembed noframes param plaintext rb rtc spacer strike
    tt xmp
    """)

  /// HTML elements whose start tags end a drawing or a formula.
  static let breakout = words(
    """
    b big blockquote body br center code dd div dl dt em embed h1 h2 h3 h4 h5 h6 head hr i img li
    listing menu meta nobr ol p pre ruby s small span strong strike sub sup table tt u ul var
    """)

  /// Elements that form controls are, so that labels may name them.
  static let labelable = words("button input meter output progress select textarea")

  /// Attributes of every element.
  static let globalAttributes = words(
    """
    accesskey autocapitalize autocorrect autofocus class contenteditable dir draggable enterkeyhint
    exportparts hidden id inert inputmode is itemid itemprop itemref itemscope itemtype lang nonce part
    popover role slot spellcheck style tabindex title translate writingsuggestions
    """)

  /// Attributes of certain elements.
  static let attributes = table(
    """
    a: href target download ping rel hreflang type referrerpolicy
    area: alt coords shape href target download ping rel referrerpolicy
    audio: src crossorigin preload autoplay loop muted controls
    base: href target
    blockquote q: cite
    button: disabled form formaction formenctype formmethod formnovalidate formtarget name popovertarget \
    popovertargetaction type value command commandfor
    canvas: width height
    col colgroup: span
    data: value
    del ins: cite datetime
    details: name open
    dialog: open closedby
    embed: src type width height
    fieldset: disabled form name
    form: accept-charset action autocomplete enctype method name novalidate target rel
    iframe: src srcdoc name sandbox allow allowfullscreen width height referrerpolicy loading
    img: alt src srcset sizes crossorigin usemap ismap width height referrerpolicy decoding loading \
    fetchpriority
    input: accept alpha alt autocomplete checked colorspace dirname disabled form formaction formenctype \
    formmethod formnovalidate formtarget height list max maxlength min minlength multiple name pattern \
    placeholder popovertarget popovertargetaction readonly required size src step type value width
    label: for
    li: value
    link: href crossorigin rel as media hreflang type sizes imagesrcset imagesizes referrerpolicy integrity \
    blocking color disabled fetchpriority
    map slot: name
    meta: name http-equiv content charset media property
    meter: value min max low high optimum
    object: data type name form width height
    ol: reversed start type
    optgroup: disabled label
    option: disabled label selected value
    output: for form name
    progress: value max
    script: src type nomodule async defer crossorigin integrity referrerpolicy blocking fetchpriority
    select: autocomplete disabled form multiple name required size
    source: type media src srcset sizes width height
    style: media blocking
    td: colspan rowspan headers
    th: colspan rowspan headers scope abbr
    template: shadowrootmode shadowrootdelegatesfocus shadowrootclonable shadowrootserializable
    textarea: autocomplete cols dirname disabled form maxlength minlength name placeholder readonly required \
    rows wrap
    time: datetime
    track: kind src srclang label default
    video: src crossorigin poster preload autoplay playsinline loop muted controls width height
    """)

  /// Attributes that HTML once had.
  static let obsoleteAttributes = words(
    """
    abbr align alink allowtransparency archive axis background bgcolor border bordercolor bottommargin
    cellpadding cellspacing char charoff charset classid clear code codebase codetype color compact
    coords datafld dataformatas datapagesize datasrc declare event face for frame frameborder height
    hreflang hspace language leftmargin link longdesc lowsrc manifest marginheight marginwidth methods
    name nohref noshade nowrap profile rev rightmargin rules scheme scope scrolling shape size standby
    summary target text topmargin type urn valign valuetype version vlink vspace width
    """)

  /// Attributes that are there or not.
  static let booleanAttributes = words(
    """
    allowfullscreen async autofocus autoplay checked controls default defer disabled formnovalidate
    inert ismap itemscope loop multiple muted nomodule novalidate open playsinline readonly required
    reversed selected
    """)

  /// Values of attributes that have only some.
  static let enumerations = table(
    """
    dir: ltr rtl auto
    contenteditable: true false plaintext-only
    draggable: true false
    spellcheck: true false
    translate: yes no
    scope: row col rowgroup colgroup
    loading: lazy eager
    decoding: sync async auto
    fetchpriority: high low auto
    preload: none metadata auto
    method formmethod: get post dialog
    crossorigin: anonymous use-credentials
    wrap: soft hard
    hidden: hidden until-found
    popover: auto manual hint
    kind: subtitles captions descriptions chapters metadata
    autocapitalize: off none on sentences words characters
    inputmode: none text tel url email numeric decimal search
    enterkeyhint: enter done go next previous search send
    aria-hidden aria-atomic aria-busy aria-disabled aria-multiline aria-multiselectable aria-readonly \
    aria-required aria-modal aria-expanded aria-selected: true false undefined
    aria-checked aria-pressed: true false mixed undefined
    aria-live: off polite assertive
    aria-sort: ascending descending none other
    aria-orientation: horizontal vertical undefined
    aria-current: page step location date time true false
    aria-haspopup: true false menu listbox tree grid dialog
    aria-invalid: true false grammar spelling
    aria-autocomplete: inline list both none
    """)

  /// Types of `<input>`.
  static let inputTypes = words(
    """
    hidden text search tel url email password date month week time datetime-local number range color
    checkbox radio file submit image reset button
    """)

  /// Attributes that name the ids of other elements.
  static let idAttributes = words(
    """
    for form list headers popovertarget commandfor aria-labelledby aria-describedby aria-controls
    aria-owns aria-details aria-errormessage aria-activedescendant aria-flowto
    """)

  /// Attributes that hold an address.
  static let urlAttributes = words("href src cite action formaction data poster xlink:href")

  /// Attributes of ARIA, without their prefix.
  static let ariaAttributes = words(
    """
    activedescendant atomic autocomplete braillelabel brailleroledescription busy checked colcount
    colindex colindextext colspan controls current describedby description details disabled dropeffect
    errormessage expanded flowto grabbed haspopup hidden invalid keyshortcuts label labelledby level
    live modal multiline multiselectable orientation owns placeholder posinset pressed readonly relevant
    required roledescription rowcount rowindex rowindextext rowspan selected setsize sort valuemax
    valuemin valuenow valuetext
    """)

  /// Roles of ARIA, of its publishing module and of its graphics module.
  static let roles = words(
    """
    alert alertdialog application article banner blockquote button caption cell checkbox code
    columnheader combobox comment complementary contentinfo definition deletion dialog document emphasis
    feed figure form generic grid gridcell group heading image img insertion link list listbox listitem
    log main mark marquee math menu menubar menuitem menuitemcheckbox menuitemradio meter navigation
    none note option paragraph presentation progressbar radio radiogroup region row rowgroup rowheader
    scrollbar search searchbox separator slider spinbutton status strong subscript suggestion
    superscript switch tab table tablist tabpanel term textbox time timer toolbar tooltip tree treegrid
    treeitem doc-abstract doc-acknowledgments doc-afterword doc-appendix doc-backlink doc-bibliography
    doc-biblioref doc-chapter doc-colophon doc-conclusion doc-cover doc-credit doc-credits
    doc-dedication doc-endnotes doc-epigraph doc-epilogue doc-errata doc-example doc-footnote
    doc-foreword doc-glossary doc-glossref doc-index doc-introduction doc-noteref doc-notice
    doc-pagebreak doc-pagelist doc-part doc-preface doc-prologue doc-pullquote doc-qna doc-subtitle
    doc-tip doc-toc graphics-document graphics-object graphics-symbol
    """)

  /// Roles that ARIA once had.
  static let deprecatedRoles = words("directory doc-biblioentry doc-endnote")

  /// Roles of the parts of a page that readers jump to.
  static let landmarks = words("banner complementary contentinfo form main navigation region search")

  /// Roles whose content readers do not enter.
  static let opaqueRoles = words(
    """
    button checkbox img image math menuitemcheckbox menuitemradio meter option progressbar radio
    scrollbar separator slider switch tab
    """)

  /// Elements that may not be named by `aria-label` as long as they have no role.
  static let unnamable = words(
    """
    abbr b bdi bdo caption cite code data del dfn div em figcaption i ins kbd label legend mark p pre q
    rp rt s samp small span strong sub sup time u var
    """)

  /// Roles that may not be named.
  static let unnamableRoles = words(
    """
    caption code deletion emphasis generic insertion mark none paragraph presentation strong subscript
    suggestion superscript term time
    """)

  /// Elements of SVG.
  static let svgElements = words(
    """
    a animate animateMotion animateTransform circle clipPath defs desc ellipse feBlend feColorMatrix
    feComponentTransfer feComposite feConvolveMatrix feDiffuseLighting feDisplacementMap feDistantLight
    feDropShadow feFlood feFuncA feFuncB feFuncG feFuncR feGaussianBlur feImage feMerge feMergeNode
    feMorphology feOffset fePointLight feSpecularLighting feSpotLight feTile feTurbulence filter
    foreignObject g image line linearGradient marker mask metadata mpath path pattern polygon polyline
    radialGradient rect script set stop style svg switch symbol text textPath title tspan use view
    """)

  /// Attributes of SVG.
  static let svgAttributes = words(
    """
    alignment-baseline amplitude attributeName azimuth baseFrequency baseline-shift begin bias by
    calcMode class clip clip-path clip-rule clipPathUnits color color-interpolation
    color-interpolation-filters crossorigin cursor cx cy d diffuseConstant direction display divisor
    dominant-baseline download dur dx dy edgeMode elevation end exponent fetchpriority fill fill-opacity
    fill-rule filter filterUnits flood-color flood-opacity font-family font-size font-size-adjust
    font-stretch font-style font-variant font-weight fr from fx fy gradientTransform gradientUnits
    height href hreflang id image-rendering in in2 intercept k1 k2 k3 k4 kernelMatrix kernelUnitLength
    keyPoints keySplines keyTimes lang lengthAdjust letter-spacing lighting-color limitingConeAngle
    marker-end marker-mid marker-start markerHeight markerUnits markerWidth mask mask-type
    maskContentUnits maskUnits max media min mode numOctaves offset opacity operator order orient origin
    overflow paint-order path pathLength patternContentUnits patternTransform patternUnits ping
    pointer-events points pointsAtX pointsAtY pointsAtZ preserveAlpha preserveAspectRatio primitiveUnits
    r radius refX refY referrerpolicy rel repeatCount repeatDur requiredExtensions restart result role
    rotate rx ry scale seed shape-rendering side slope spacing specularConstant specularExponent
    spreadMethod startOffset stdDeviation stitchTiles stop-color stop-opacity stroke stroke-dasharray
    stroke-dashoffset stroke-linecap stroke-linejoin stroke-miterlimit stroke-opacity stroke-width style
    surfaceScale systemLanguage tabindex tableValues target targetX targetY text-anchor text-decoration
    text-overflow text-rendering textLength title to transform transform-origin type unicode-bidi values
    vector-effect version viewBox visibility white-space width word-spacing writing-mode x x1 x2
    xChannelSelector xlink:href xlink:title xml:lang xml:space xmlns xmlns:xlink y y1 y2
    yChannelSelector z zoomAndPan
    """)

  /// Elements of MathML.
  static let mathElements = words(
    """
    annotation annotation-xml maction maligngroup malignmark math menclose merror mfenced mfrac mglyph
    mi mlabeledtr mlongdiv mmultiscripts mn mo mover mpadded mphantom mprescripts mroot mrow ms
    mscarries mscarry msgroup msline mspace msqrt msrow mstack mstyle msub msubsup msup mtable mtd mtext
    mtr munder munderover none semantics
    """)

  /// Attributes of MathML.
  static let mathAttributes = words(
    """
    accent accentunder actiontype align alttext bevelled class close columnalign columnlines
    columnspacing columnspan denomalign depth dir display displaystyle edge encoding equalcolumns
    equalrows fence form frame framespacing height href id indentalign largeop linebreak linethickness
    lquote lspace mathbackground mathcolor mathsize mathvariant maxsize minsize movablelimits notation
    nonce numalign open rowalign rowlines rowspacing rowspan role rquote rspace scriptlevel
    scriptminsize scriptsizemultiplier selection separator separators side src stretchy style
    subscriptshift superscriptshift symmetric tabindex valign voffset width xmlns
    """)

  /// Character references: those of HTML 4 and the common ones since.
  static let references = words(
    """
    AElig AMP Aacute Acirc Agrave Alpha Aring Atilde Auml Beta Ccedil Chi Dagger Delta ETH Eacute Ecirc
    Egrave Epsilon Eta Euml GT Gamma Iacute Icirc Igrave Iota Iuml Kappa LT Lambda Mu NewLine Ntilde Nu
    OElig Oacute Ocirc Ograve Omega Omicron Oslash Otilde Ouml Phi Pi Prime Psi QUOT Rho Scaron Sigma
    THORN Tab Tau Theta Uacute Ucirc Ugrave Upsilon Uuml Xi Yacute Yuml Zeta aacute acirc acute aelig
    agrave alefsym alpha amp and ang apos aring ast asymp atilde auml bdquo beta brvbar bsol bull cap
    ccedil cedil cent check chi circ clubs colon comma commat cong copy crarr cross cup curren dArr
    dagger darr dash deg delta diams divide dollar eacute ecirc egrave empty emsp ensp epsilon equals
    equiv eta eth euml euro excl exist female fnof forall frac12 frac14 frac34 frasl gamma ge grave gt
    hArr harr hearts hellip hyphen iacute icirc iexcl igrave image infin int iota iquest isin iuml kappa
    lArr lambda lang laquo larr lbrace lbrack lceil ldquo le lfloor lowast lowbar loz lpar lrm lsaquo
    lsquo lt macr male mdash micro middot minus mu nabla nbsp ndash ne nearr ni not notin nsub ntilde nu
    num nwarr oacute ocirc oelig ograve oline omega omicron oplus or ordf ordm oslash otilde otimes ouml
    para part percnt period permil perp phi phone pi piv plus plusmn pound prime prod prop psi quest
    quot rArr radic rang raquo rarr rbrace rbrack rceil rdquo real reg rfloor rho rlm rpar rsaquo rsquo
    sbquo scaron sdot searr sect semi shy sigma sigmaf sim sol spades star sub sube sum sup sup1 sup2
    sup3 supe swarr szlig tau there4 theta thetasym thinsp thorn tilde times trade uArr uacute uarr
    ucirc ugrave uml upsih upsilon uuml vert weierp xi yacute yen yuml zeta zwj zwnj
    """)

  /// Character references that need no semicolon.
  static let legacyReferences = words(
    """
    AElig AMP Aacute Acirc Agrave Aring Atilde Auml COPY Ccedil ETH Eacute Ecirc Egrave Euml GT Iacute
    Icirc Igrave Iuml LT Ntilde Oacute Ocirc Ograve Oslash Otilde Ouml QUOT REG THORN Uacute Ucirc
    Ugrave Uuml Yacute aacute acirc acute aelig agrave amp aring atilde auml brvbar ccedil cedil cent
    copy curren deg divide eacute ecirc egrave eth euml frac12 frac14 frac34 gt iacute icirc iexcl
    igrave iquest iuml laquo lt macr micro middot nbsp not ntilde oacute ocirc ograve ordf ordm oslash
    otilde ouml para plusmn pound quot raquo reg sect shy sup1 sup2 sup3 szlig thorn times uacute ucirc
    ugrave uml uuml yacute yen yuml
    """)

  /// Elements that begin where another ends whose end tag was left out.
  static let impliedEnds = table(
    """
    li: li
    dt dd: dt dd
    tr: tr thead tbody tfoot
    td th: td th tr thead tbody tfoot
    thead tbody tfoot: thead tbody tfoot
    caption colgroup: thead tbody tfoot tr
    option: option optgroup
    head: body
    """)

  /// The elements that some elements may only stand in.
  static let parents = table(
    """
    head body: html
    title base: head
    style: head noscript
    li: ul ol menu
    dt dd: dl div
    tr: table thead tbody tfoot
    td th: tr
    thead tbody tfoot caption colgroup: table
    col: colgroup
    figcaption: figure
    summary: details
    legend: fieldset optgroup
    option: select optgroup datalist
    optgroup: select
    source: audio video picture
    track: audio video
    rt rp: ruby
    """)

  /// The only elements that may stand in some elements.
  static let children = table(
    """
    #document: html
    html: head body
    head: base link meta title style script noscript template
    ul ol menu: li script template
    dl: dt dd div script template
    table: caption colgroup thead tbody tfoot tr script template
    thead tbody tfoot: tr script template
    tr: td th script template
    colgroup: col template
    select: option optgroup hr script template button
    optgroup: option legend script template
    datalist: option script template
    picture: source img script template
    hgroup: p h1 h2 h3 h4 h5 h6 script template
    """)

  /// Elements that hold only texts.
  static let phrasingParents = words(
    """
    p h1 h2 h3 h4 h5 h6 pre span strong em b i u s small code kbd samp var sub sup abbr cite dfn q mark
    time data bdi bdo label button output meter progress legend summary ruby rt rp mi mo mn ms mtext
    """)

  /// Elements that may hold what their parent may.
  static let transparent = words("a ins del map object video audio canvas noscript slot")

  /// Headings.
  static let headings = words("h1 h2 h3 h4 h5 h6")

  /// Elements that make a division of their own.
  static let sectioning = words("article aside nav section")
}
