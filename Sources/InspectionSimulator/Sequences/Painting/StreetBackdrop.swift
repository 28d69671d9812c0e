internal import FrameMemory

/// The still street behind everything, as cells of 4 x 4 pixels of one colour each; it goes on outside the picture,
/// for a camera that moves.
struct StreetBackdrop: Sendable {
  static let cellPixels = 4
  /// How far the street goes on around the picture; a multiple of 16.
  static let marginPixels = 128
  /// The farthest that a camera may look aside: blocks at the picture's edge reach beyond it.
  static let reachPixels = 112

  let columns: Int
  let rows: Int
  /// Levels of each cell: luma, Cb, Cr.
  private(set) var levels: [[Int]]
  /// How far a cell's pixels lie from its luma, sixteenths of a level.
  private(set) var details: [Int]
  /// Sums over the cells above and left: of levels, of their squares, of details.
  private(set) var levelSums: [AreaSums] = []
  private(set) var squareSums: [AreaSums] = []
  private(set) var detailSums: AreaSums

  init(street: StreetLayout, seed: UInt64) {
    columns = (street.widthPixels + 2 * Self.marginPixels + Self.cellPixels - 1) / Self.cellPixels
    rows = (street.heightPixels + 2 * Self.marginPixels + Self.cellPixels - 1) / Self.cellPixels
    levels = [[Int]](repeating: [Int](repeating: 128, count: columns * rows), count: 3)
    details = [Int](repeating: 0, count: columns * rows)
    detailSums = AreaSums(details, columns: columns)
    var random = SimulatorRandom(seed: seed, stream: .backdrop)
    paint(street, &random)
    roughen(salt: random.next())
    for plane in 0..<3 {
      levelSums.append(AreaSums(levels[plane], columns: columns))
      squareSums.append(AreaSums(levels[plane].map { $0 * $0 }, columns: columns))
    }
    detailSums = AreaSums(details, columns: columns)
  }

  // MARK: - The street

  private mutating func paint(_ street: StreetLayout, _ random: inout SimulatorRandom) {
    let outside = 2 * Self.marginPixels
    func wide(_ rect: PictureRect) -> PictureRect {
      PictureRect(left: -outside, top: rect.top, right: rect.right + outside, bottom: rect.bottom)
    }
    var sky = wide(street.sky)
    sky.top = -outside
    fill(sky, SceneColor(luma: 200, chromaBlue: 136, chromaRed: 123), detailSixteenths: 4)
    paintFacades(street, &random)
    for trees in street.trees {
      fill(trees, SceneColor(luma: 74, chromaBlue: 116, chromaRed: 119), detailSixteenths: 220)
    }
    fill(wide(street.pavement), SceneColor(luma: 150, chromaBlue: 127, chromaRed: 129), detailSixteenths: 64)
    let road = wide(street.road)
    fill(road, SceneColor(luma: 96, chromaBlue: 129, chromaRed: 127), detailSixteenths: 40)
    // Dashes between the lanes.
    for lane in 1..<4 {
      var dash = PictureRect(x: road.left, y: street.lane(lane).top / 4 * 4, width: 32, height: 4)
      while dash.left < road.right {
        fill(dash, SceneColor(luma: 190, chromaBlue: 127, chromaRed: 128), detailSixteenths: 48)
        dash = dash.moved(x: 80, y: 0)
      }
    }
    var verge = wide(street.verge)
    verge.bottom += outside
    fill(verge, SceneColor(luma: 86, chromaBlue: 112, chromaRed: 121), detailSixteenths: 144)
  }

  /// Houses of different width and colour with rows of windows.
  private mutating func paintFacades(_ street: StreetLayout, _ random: inout SimulatorRandom) {
    let band = street.facades
    var left = -Self.marginPixels
    while left < street.widthPixels + Self.marginPixels {
      let width = 64 + 8 * Int(random.next() % 10)
      let wall = SceneColor(
        luma: 100 + Int(random.next() % 80), chromaBlue: 118 + Int(random.next() % 14),
        chromaRed: 124 + Int(random.next() % 16))
      fill(
        PictureRect(x: left, y: band.top, width: width, height: band.height), wall, detailSixteenths: 48)
      var windowTop = band.top + 12
      while windowTop + 20 < band.bottom {
        var windowLeft = left + 8
        while windowLeft + 12 < left + width {
          let isLight = random.next() % 5 == 0
          fill(
            PictureRect(x: windowLeft, y: windowTop, width: 8, height: 12),
            SceneColor(luma: isLight ? 180 : 58, chromaBlue: 131, chromaRed: 126), detailSixteenths: 32)
          windowLeft += 20
        }
        windowTop += 24
      }
      left += width
    }
  }

  private mutating func fill(_ rect: PictureRect, _ color: SceneColor, detailSixteenths: Int) {
    let left = max(0, (rect.left + Self.marginPixels) / Self.cellPixels)
    let top = max(0, (rect.top + Self.marginPixels) / Self.cellPixels)
    let right = min(columns, (rect.right + Self.marginPixels) / Self.cellPixels)
    let bottom = min(rows, (rect.bottom + Self.marginPixels) / Self.cellPixels)
    for row in top..<max(top, bottom) {
      for column in left..<max(left, right) {
        let cell = row * columns + column
        levels[0][cell] = color.luma
        levels[1][cell] = color.chromaBlue
        levels[2][cell] = color.chromaRed
        details[cell] = detailSixteenths
      }
    }
  }

  /// No wall is of one colour: clouds of 64 pixels, and each cell a little for itself, more where there is detail.
  private mutating func roughen(salt: UInt64) {
    let lattice = 16, across = columns / lattice + 2
    let corners = (0..<across * (rows / lattice + 2)).map {
      Int(SimulatorRandom.hash($0 % across, $0 / across, salt: salt) & 255) - 128
    }
    for row in 0..<rows {
      let (fy, y) = (row % lattice, row / lattice * across)
      for column in 0..<columns {
        let (fx, corner) = (column % lattice, y + column / lattice)
        let above = corners[corner] * (lattice - fx) + corners[corner + 1] * fx
        let below = corners[corner + across] * (lattice - fx) + corners[corner + across + 1] * fx
        let cloud = (above * (lattice - fy) + below * fy) / (lattice * lattice)
        let cell = row * columns + column
        let own = Int(SimulatorRandom.hash(column, row, salt: salt &+ 1) & 255) - 128
        let level = levels[0][cell] + (cloud * 6 + own * (8 + details[cell]) / 16) / 128
        levels[0][cell] = level < 0 ? 0 : level > 255 ? 255 : level
      }
    }
  }
}
