// Draws the pictures of the sample catalogues from images.txt:  dotnet run samples/catalog/draw-images.cs -- samples/catalog
#:property PublishAot=false

var folder = args is [var given] ? given : "samples/catalog";
Directory.CreateDirectory(Path.Combine(folder, "images"));
foreach (var line in File.ReadLines(Path.Combine(folder, "images.txt")).Where(line => !line.StartsWith('#')))
{
    if (line.Split(' ') is not [var name, var shape, var main, var accent])
    {
        throw new FormatException($"Not an image, a shape and two colours: {line}");
    }

    File.WriteAllText(Path.Combine(folder, "images", $"{name}.svg"), Frame(main, Shape(shape, main, accent)));
}

static string Frame(string colour, string shape) => $"""
    <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 400 400">
    <rect width="400" height="400" fill="#faf7f2"/>
    <circle cx="200" cy="195" r="160" fill="{colour}" opacity=".14"/>
    <ellipse cx="200" cy="322" rx="125" ry="14" opacity=".1"/>
    {shape}
    </svg>

    """.ReplaceLineEndings("\n");

static string Rect(int x, int y, int width, int height, string fill, int radius = 0) =>
    $"""<rect x="{x}" y="{y}" width="{width}" height="{height}" rx="{radius}" fill="{fill}"/>""";

static string Dot(int x, int y, int radius, string fill) => $"""<circle cx="{x}" cy="{y}" r="{radius}" fill="{fill}"/>""";

static string Oval(int x, int y, int width, int height, string fill) => $"""<ellipse cx="{x}" cy="{y}" rx="{width}" ry="{height}" fill="{fill}"/>""";

static string Area(string path, string fill) => $"""<path d="{path}" fill="{fill}"/>""";

static string Line(string path, string colour, int width = 8) =>
    $"""<path d="{path}" fill="none" stroke="{colour}" stroke-width="{width}" stroke-linecap="round" stroke-linejoin="round"/>""";

static string Scaled(string shape, double scale, int x, int y) => FormattableString.Invariant($"""<g transform="translate({x} {y}) scale({scale})">{shape}</g>""");

static string ThreeSizes(string shape) => Scaled(shape, .62, -20, 122) + Scaled(shape, .48, 120, 167) + Scaled(shape, .34, 235, 213);

static string Row(int count, int step, Func<int, string> draw) => string.Concat(Enumerable.Range(0, count).Select(i => draw(i * step)));

static string Steam(string colour) => Line("M170 120q-12-18 0-36t0-36M200 120q-12-18 0-36t0-36M230 120q-12-18 0-36t0-36", colour, 6);

static string Shape(string name, string a, string b) => name switch
{
    "apron" => Area("M150 110h100l10 70q35 20 30 50v85H110v-85q-5-30 30-50z", a) + Line("M155 112q45-90 90 0", b, 7) + Rect(155, 225, 90, 55, b, 8),
    "bag" => Area("M135 120h130l15 200H120z", a) + Rect(135, 100, 130, 28, b, 4) + Rect(155, 180, 90, 80, b, 10) + Dot(200, 220, 20, a),
    "baguette" => $"""<g transform="rotate(-35 200 210)">{Rect(70, 180, 260, 64, a, 32) + Row(5, 46, x => Line($"M{100 + x} 200l22 22", b))}</g>""",
    "basket" => Line("M140 190q60-110 120 0", b, 12) + Area("M105 185h190l-22 137H127z", a) + Row(4, 32, y => Line($"M{113 + (y / 8)} {205 + y}h{174 - (y / 4)}", b, 4)),
    "baskets" => ThreeSizes(Shape("basket", a, b)),
    "birdhouse" => Rect(130, 170, 140, 150, a) + Area("M105 180L200 85l95 95z", b) + Dot(200, 225, 28, "#3a2e26") + Line("M200 275v22", b, 10),
    "birthday" => Rect(110, 220, 180, 100, a, 12) + Rect(110, 220, 180, 28, b, 12) + Row(5, 32, x => Rect(132 + x, 170, 8, 50, b, 3) + Oval(136 + x, 160, 6, 11, "#f2b63c")),
    "board" => Rect(105, 130, 190, 190, a, 26) + Rect(175, 70, 50, 90, a, 22) + Dot(200, 98, 11, b) + Line("M135 190h130M135 230h100M135 270h130", b, 3),
    "bottle" => Rect(160, 150, 80, 170, a, 18) + Area("M160 175q0-30 24-45V90h32v40q24 15 24 45z", a) + Rect(180, 76, 40, 20, b, 5) + Rect(160, 205, 80, 65, "#fff8ea") + Dot(200, 237, 20, b),
    "bowl" => Area("M90 190h220q0 130-110 130T90 190z", a) + Oval(200, 190, 110, 22, b),
    "bun" => Area("M95 265q0-110 105-110t105 110q0 45-105 45T95 265z", a) + Line("M140 215q60-45 120 0", b, 6),
    "cake" => Area("M90 300V200l170-50q55 15 55 60v90z", b) + Area("M90 200l170-50q55 15 55 60z", a) + Rect(90, 245, 225, 14, a) + Dot(225, 165, 17, "#c0392f"),
    "can" => Area("M140 190h110l12 130H128z", a) + Line("M250 240l70-70M305 160l26 24", a, 14) + Line("M145 200q-70 10-30 90M160 190q35-75 75 0", b, 9),
    "candle" => Rect(160, 170, 80, 150, a, 10) + Oval(200, 172, 40, 10, b) + Line("M200 170v-18", "#3a2e26", 5) + Area("M200 95q32 44 0 62-32-18 0-62z", "#f2b63c"),
    "candles" => Scaled(Shape("candle", a, b), .8, -30, 64) + Scaled(Shape("candle", a, b), .6, 75, 128) + Scaled(Shape("candle", a, b), .45, 170, 176),
    "carafe" => Area("M165 90h70v60q55 40 55 100 0 70-90 70t-90-70q0-60 55-100z", a) + Area("M122 235h156q10 75-78 75t-78-75z", b) + Line("M165 90l-14-8", a, 10),
    "cards" => $"""<g transform="rotate(-10 200 200)">{Rect(110, 130, 150, 190, b, 6)}</g>""" + Rect(145, 120, 150, 200, "#fffaf0", 6) + Area("M160 250q30-40 60 0t60 0v50H160z", a) + Dot(245, 170, 22, b),
    "chocroll" => Rect(90, 200, 220, 110, a, 50) + Line("M150 205q-25 50 0 100M200 202q-25 52 0 106M250 205q-25 50 0 100", b, 5) + Dot(298, 240, 11, b) + Dot(298, 275, 11, b),
    "clock" => Dot(200, 200, 118, a) + Dot(200, 200, 98, b) + Line("M200 200v-66M200 200l44 28", a, 9) + Row(2, 150, x => Dot(125 + x, 200, 6, a) + Dot(200, 125 + x, 6, a)),
    "cookie" => Dot(200, 215, 108, a) + Dot(160, 180, 15, b) + Dot(225, 165, 12, b) + Dot(250, 225, 16, b) + Dot(185, 245, 14, b) + Dot(140, 235, 10, b) + Dot(220, 285, 12, b),
    "croissant" => Area("M75 270q5-150 125-150t125 150q-10 25-40 10-20-70-85-70t-85 70q-30 15-40-10z", a) + Line("M150 140l22 75M200 122v88M250 140l-22 75M105 185l45 55M295 185l-45 55", b, 6),
    "crumble" => Area("M110 230l90-40 90 40v60l-90 32-90-32z", a) + Area("M110 250l90 38 90-38v22l-90 38-90-38z", b) + Row(4, 40, x => Dot(140 + x, 220, 14, a) + Dot(155 + (x / 2), 205, 11, "#efd09a")),
    "cup" => Steam("#cfc6ba") + Area("M110 170h160v70q0 70-80 70t-80-70z", a) + Line("M272 190q50 0 45 38t-55 32", a, 14) + Oval(190, 172, 78, 18, b) + Oval(190, 320, 110, 12, a),
    "cushion" => Area("M100 120q100 24 200 0-24 100 0 200-100-24-200 0 24-100 0-200z", a) + Line("M135 155q65 14 130 0M135 285q65-14 130 0", b, 6) + Dot(200, 220, 10, b),
    "focaccia" => Rect(85, 190, 230, 120, a, 34) + Row(4, 50, x => Oval(125 + x, 235 + (x % 100 / 5), 13, 9, "#c58a35") + Line($"M{118 + x} {268 - (x % 100 / 5)}l18-10", b, 6)),
    "frame" => Rect(110, 80, 180, 240, a, 4) + Rect(130, 100, 140, 200, "#fffaf0") + Rect(150, 125, 100, 150, b) + Area("M150 275v-45l35-35 30 30 35-20v70z", "#ffffff88"),
    "gift" => Rect(110, 180, 180, 140, a, 8) + Rect(98, 155, 204, 40, a, 8) + Rect(186, 155, 28, 165, b) + Line("M200 155q-70-10-50-50t50 50q70-10 50-50t-50 50", b, 11),
    "glass" => Area("M135 110h130l-18 210h-94z", b) + Area("M139 165h122l-13 145h-96z", a) + Line("M225 250l35-175", "#b9b2a6", 7) + Dot(180, 200, 18, "#ffffff66") + Dot(212, 235, 14, "#ffffff66"),
    "gloves" => Area("M110 320V190q0-18 15-18t15 18v-60q0-18 15-18t15 18v-10q0-18 15-18t15 18v12q0-16 14-16t14 16v78l20-30q10-12 22-2t2 24l-45 98z", a) + Rect(108, 285, 112, 36, b, 8),
    "grain" => Rect(85, 95, 230, 220, a, 14) + Line("M100 140q100 40 200 0M100 180q100 60 200 0M100 225q100 60 200 0M100 270q100 40 200 0", b, 4) + Oval(200, 205, 26, 12, b),
    "heart" => Area("M200 315Q80 235 95 160q20-60 105-5 85-55 105 5 15 75-105 155z", a) + Line("M200 295Q98 225 112 168q18-42 88 5 70-47 88-5 14 57-88 127", b, 5) + Dot(200, 215, 12, b),
    "hook" => Rect(165, 95, 70, 110, a, 20) + Dot(200, 118, 8, b) + Dot(200, 180, 8, b) + Line("M200 200v60q0 45 45 45t45-45", a, 22) + Dot(290, 255, 16, a),
    "jamjar" => Rect(130, 150, 140, 170, a, 26) + Rect(138, 112, 124, 42, b, 8) + Rect(130, 200, 140, 75, "#fff8ea") + Dot(200, 237, 22, a) + Line("M192 216q8-14 20-10", "#6d8f4e", 6),
    "jar" => Rect(130, 175, 140, 145, a, 22) + Oval(200, 175, 72, 20, b) + Dot(200, 150, 14, a) + Line("M150 220h100M150 260h100", b, 3),
    "knife" => $"""<g transform="rotate(-30 200 210)">{Area("M60 195h190v45H120q-45 0-60-45z", a) + Rect(250, 195, 95, 34, b, 12) + Dot(275, 212, 5, a) + Dot(315, 212, 5, a)}</g>""",
    "lamp" => Area("M140 90h80l45 90H95z", a) + Line("M180 180v120", b, 11) + Oval(180, 312, 62, 12, b) + Area("M105 185h150l30 90H75z", "#f7d98b55"),
    "lantern" => Line("M165 95q35-50 70 0", a, 9) + Area("M140 130l60-45 60 45z", a) + Rect(140, 130, 120, 180, a, 6) + Rect(155, 145, 90, 150, "#fbf1d3") + Rect(180, 235, 40, 60, b, 5) + Area("M200 180q24 32 0 48-24-16 0-48z", "#f2a73c"),
    "lights" => Line("M60 130q70 90 140 40t140-40", a, 6) + Row(5, 58, x => Rect(78 + x, 172 + (x % 116 / 3), 14, 16, a, 3) + Oval(85 + x, 205 + (x % 116 / 3), 14, 19, b)),
    "loaf" => Oval(200, 240, 130, 82, a) + Line("M130 205q70-45 140 0M120 245q80-50 160 0M140 285q60-38 120 0", b, 8),
    "macarons" => Row(2, 100, x => Rect(105 + x, 160, 90, 32, a, 16) + Rect(110 + x, 190, 80, 14, "#fff8ea") + Rect(105 + x, 202, 90, 32, a, 16) + Rect(105 + x, 245, 90, 30, b, 15) + Rect(110 + x, 273, 80, 14, "#fff8ea") + Rect(105 + x, 285, 90, 32, b, 16)),
    "mat" => Area("M120 190h160l50 130H70z", a) + Line("M128 215h144M118 245h164M106 275h188", b, 7),
    "mug" => Rect(120, 140, 140, 180, a, 20) + Line("M260 180q60 0 55 55t-58 50", a, 18) + Oval(190, 146, 66, 14, b) + Rect(120, 225, 140, 14, b),
    "notebook" => Rect(115, 95, 170, 225, a, 10) + Rect(115, 95, 26, 225, b, 8) + Rect(170, 140, 90, 50, "#fffaf0", 4) + Line("M250 320v22l-8-7-8 7v-22", b, 5),
    "packet" => Rect(125, 90, 150, 230, a, 6) + Rect(125, 90, 150, 40, "#ffffff66", 6) + Line("M200 290v-70M200 260l-30-20M200 250l30-22", "#4f6b3c", 7) + Dot(200, 200, 24, b) + Dot(164, 226, 15, b) + Dot(236, 214, 15, b),
    "planter" => Area("M80 240h240l-20 80H100z", a) + Row(3, 80, x => Line($"M{120 + x} 240q-30-40-12-80M{120 + x} 240q0-50 4-100M{120 + x} 240q30-36 20-74", b, 10)),
    "plate" => Oval(200, 215, 145, 102, a) + Oval(200, 212, 102, 68, b) + Oval(200, 210, 92, 60, "#ffffff55"),
    "pot" => Line("M200 180q-60-20-65-80M200 180q0-70 5-105M200 180q60-25 62-80", b, 13) + Area("M120 185h160l-24 125H144z", a) + Rect(110, 170, 180, 34, a, 6) + Oval(200, 314, 80, 11, a),
    "pots" => ThreeSizes(Area("M120 185h160l-24 137H144z", a) + Rect(110, 170, 180, 34, b, 6)),
    "press" => Rect(135, 140, 110, 180, "#e4ecec", 10) + Rect(135, 215, 110, 95, b, 8) + Rect(125, 125, 130, 22, a, 8) + Line("M190 125V75M245 165q55 0 55 50t-55 50M135 320h110", a, 11) + Dot(190, 72, 13, a),
    "pretzel" => Line("M200 300q-105-70-95-140t85-35q40 60 55 120t45 55M200 300q105-70 95-140t-85-35q-40 60-55 120t-45 55", a, 26) + Dot(140, 160, 5, b) + Dot(260, 160, 5, b) + Dot(200, 200, 5, b) + Dot(170, 250, 5, b) + Dot(232, 250, 5, b),
    "roll" => Oval(200, 230, 110, 82, a) + Row(5, 38, x => Oval(125 + x, 205 + (x % 76 / 2), 7, 4, b) + Oval(140 + (x * 8 / 10), 245 + (x % 57 / 2), 6, 4, b)),
    "sachet" => Area("M120 190h160q20 130-80 130t-80-130z", a) + Area("M150 130h100l-20 60h-60z", a) + Line("M160 188h80", b, 10) + Line("M200 295v-55M200 275l-18-14M200 262l18-14", b, 6),
    "sack" => Area("M115 150q85-30 170 0 25 85 0 170H115q-25-85 0-170z", a) + Rect(140, 105, 120, 45, a, 10) + Line("M135 148h130", b, 8) + Rect(150, 205, 100, 70, b, 12),
    "sandwich" => Area("M85 215q0-75 115-75t115 75z", a) + Rect(80, 215, 240, 20, "#7da657", 10) + Rect(88, 234, 224, 22, b, 8) + Rect(95, 255, 210, 14, "#f3d469", 6) + Rect(85, 268, 230, 46, a, 20),
    "shelf" => Rect(65, 235, 270, 26, a, 4) + Rect(105, 160, 24, 75, b) + Rect(132, 145, 20, 90, "#c4714f") + Rect(155, 170, 26, 65, "#d9c3a0") + Area("M240 235v-35h46v35z", "#c4714f") + Line("M263 200q-22-20-18-46M263 200q20-22 16-50", b, 9),
    "slices" => Row(3, 60, x => Area($"M{75 + x} 310V190q-8-60 62-60t62 60v120z", a) + Area($"M{86 + x} 300V195q-6-52 51-52t51 52v105z", b)),
    "soap" => Rect(100, 200, 200, 115, a, 30) + Rect(130, 228, 140, 58, b, 20) + Dot(270, 165, 22, "#ffffffaa") + Dot(305, 140, 12, "#ffffffaa") + Dot(240, 140, 10, "#ffffffaa"),
    "soup" => Steam("#cfc6ba") + Area("M85 195h230q0 125-115 125T85 195z", a) + Oval(200, 195, 115, 26, b) + Dot(175, 192, 7, "#ffffffaa") + Dot(215, 200, 9, "#6d8f4e") + Dot(240, 190, 6, "#6d8f4e"),
    "spoon" => $"""<g transform="rotate(35 200 200)">{Oval(200, 115, 44, 60, a) + Oval(200, 112, 28, 42, b) + Rect(188, 165, 24, 175, a, 12)}</g>""",
    "spray" => Rect(150, 165, 100, 155, a, 18) + Rect(178, 130, 44, 38, b) + Area("M165 95h75l20 20v18h-95z", "#3f3a36") + Rect(150, 210, 100, 65, b) + Dot(125, 95, 5, a) + Dot(105, 85, 6, a) + Dot(108, 112, 5, a),
    "swirl" => Dot(200, 215, 108, a) + Line("M200 215q22-20 34 4t-22 44-66-6-10-88 98 8 0 120-128-18", b, 11),
    "tart" => Area("M85 225h230l-32 90H117z", "#c98d4b") + Oval(200, 225, 115, 34, a) + Oval(200, 223, 95, 25, b) + Oval(175, 220, 16, 6, "#8a5a2b") + Oval(232, 228, 12, 5, "#8a5a2b"),
    "teapot" => Oval(190, 245, 92, 76, a) + Area("M270 235q45-10 55-60l14 4q0 80-62 100z", a) + Line("M105 215q-50 5-38 50t55 22", b, 12) + Oval(190, 178, 46, 13, b) + Dot(190, 158, 12, b),
    "throw" => Area("M95 130h170q35 0 35 35v120H130q-35 0-35-35z", a) + Line("M95 170h205M95 215h205M110 255h190", b, 6) + Row(9, 20, x => Line($"M{135 + x} 288v26", a, 5)),
    "tin" => Rect(115, 190, 170, 130, a, 12) + Oval(200, 190, 85, 24, b) + Line("M200 190v-24", "#3a2e26", 5) + Area("M200 108q28 38 0 56-28-18 0-56z", "#f2b63c") + Rect(140, 230, 120, 60, b, 8),
    "tinloaf" => Area("M85 320V205q0-65 60-65h110q60 0 60 65v115z", a) + Line("M125 185q75-35 150 0M115 225h170", b, 8),
    "towel" => Rect(105, 210, 190, 110, a, 12) + Rect(115, 160, 170, 60, a, 12) + Rect(105, 245, 190, 12, b) + Rect(105, 268, 190, 6, b) + Rect(115, 185, 170, 9, b),
    "trowel" => $"""<g transform="rotate(30 200 200)">{Area("M165 60h70v90l-35 45-35-45z", a) + Line("M200 195v55", a, 12) + Rect(183, 245, 34, 95, b, 16)}</g>""",
    "turnover" => Area("M85 295q0-150 230-150 0 150-230 150z", a) + Line("M130 270l20-45M175 275l25-70M225 260l25-75", b, 7),
    "twine" => Dot(200, 225, 95, a) + Line("M125 190q75-45 150 0M112 225q88-55 176 0M125 262q75-50 150 0M160 140q-40 85 0 170M240 140q40 85 0 170", b, 5) + Line("M290 250q50 10 20 60", a, 6),
    _ => throw new ArgumentException($"There is no shape {name}.", nameof(name)),
};
