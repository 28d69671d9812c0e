// swift-tools-version: 6.2
import Foundation
import PackageDescription

// jinxun (津巡): one target per module of the house. Imports point down only; `HouseRulesTests` holds the
// table of README against this file.
//
// JINXUN_CORE_ONLY=1 leaves out every target that needs a package from outside (store, pipeline, command line):
// sanitizer and fuzz runs of the pure layers then build in a minute.
let coreOnly = ProcessInfo.processInfo.environment["JINXUN_CORE_ONLY"] == "1"

let asyncHTTPClient: Target.Dependency = .product(name: "AsyncHTTPClient", package: "async-http-client")
let argumentParser: Target.Dependency = .product(name: "ArgumentParser", package: "swift-argument-parser")
let crypto: Target.Dependency = .product(name: "Crypto", package: "swift-crypto")
let grdb: Target.Dependency = .product(name: "GRDB", package: "GRDB.swift")
let hummingbird: Target.Dependency = .product(name: "Hummingbird", package: "hummingbird")
let httpTypes: Target.Dependency = .product(name: "HTTPTypes", package: "swift-http-types")
let hummingbirdCore: Target.Dependency = .product(name: "HummingbirdCore", package: "hummingbird")
let logging: Target.Dependency = .product(name: "Logging", package: "swift-log")
let nioCore: Target.Dependency = .product(name: "NIOCore", package: "swift-nio")
let nioHTTP1: Target.Dependency = .product(name: "NIOHTTP1", package: "swift-nio")
let nioPosix: Target.Dependency = .product(name: "NIOPosix", package: "swift-nio")
let subprocess: Target.Dependency = .product(name: "Subprocess", package: "swift-subprocess")
let unixSignals: Target.Dependency = .product(name: "UnixSignals", package: "swift-service-lifecycle")
let yams: Target.Dependency = .product(name: "Yams", package: "Yams")

let swiftSettings: [SwiftSetting] = [
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .enableUpcomingFeature("MemberImportVisibility"),
  .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
  .enableUpcomingFeature("InferIsolatedConformances"),
  .strictMemorySafety(),
  .treatAllWarnings(as: .error),
]

// Tests use the modules as the program does, in the release build. Optimising the tests' own code takes longer than it
// saves.
let testSettings = swiftSettings + [.unsafeFlags(["-Onone"], .when(configuration: .release))]

/// A Swift module of the house.
func module(
  _ name: String, _ dependencies: [Target.Dependency] = [], exclude: [String] = [], lifetimes: Bool = false
) -> Target {
  .target(
    name: name, dependencies: dependencies, exclude: exclude,
    swiftSettings: swiftSettings + (lifetimes ? [.enableExperimentalFeature("Lifetimes")] : []))
}

/// The tests of a module, `Tests/<name>Tests`.
func tests(_ name: String, _ dependencies: [Target.Dependency], exclude: [String] = []) -> Target {
  .testTarget(
    name: "\(name)Tests", dependencies: [.target(name: name), "TestSupport"] + dependencies,
    exclude: exclude, swiftSettings: testSettings)
}

var targets: [Target] = [
  // Layer 0
  module("InspectionModel"),
  // Sanitizer runs are debug builds and take the kernels over whole pictures: minutes without the optimiser.
  .target(name: "CPixelKernels", cSettings: [.unsafeFlags(["-O2"], .when(configuration: .debug))]),
  // The vectorisers turn the scan's independent lanes into slower vectors of them.
  .target(
    name: "CCoarseScan",
    cSettings: [
      .unsafeFlags(["-fno-vectorize", "-fno-slp-vectorize"]),
      .unsafeFlags(["-O2"], .when(configuration: .debug)),
    ]),
  .target(name: "CLibJPEG", linkerSettings: [.linkedLibrary("jpeg")]),
  .target(name: "CLibPNG", linkerSettings: [.linkedLibrary("png")]),
  .target(name: "CPipelineFiles"),
  .target(name: "CHazardNetwork", exclude: ["hazard-network.bin", "first-look.bin"]),
  // Layer 1
  module("FrameMemory", ["InspectionModel"], lifetimes: true),
  // Layer 2
  module("PixelKernels", ["InspectionModel", "FrameMemory", "CPixelKernels"], lifetimes: true),
  // Layer 3
  module(
    "ImageCodecs", ["InspectionModel", "FrameMemory", "PixelKernels", "CCoarseScan", "CLibJPEG", "CLibPNG"]),
  module("FlightLogs", ["InspectionModel"]),
  module("Georeferencing", ["InspectionModel", "FrameMemory", "PixelKernels"]),
  module(
    "HazardAnalysis", ["InspectionModel", "FrameMemory", "PixelKernels", "CHazardNetwork"],
    exclude: ["TileModel/Training", "Network/Training"]),
  module("IncidentFusion", ["InspectionModel"]),
  module("WorkOrders", ["InspectionModel"]),
  // Layer 4, as far as it needs no package
  module("HazardReports", ["InspectionModel"]),
  module("InspectionSimulator", ["InspectionModel", "FrameMemory", "ImageCodecs", "FlightLogs"]),
  module(
    "HotPathBenchmarks",
    ["InspectionModel", "FrameMemory", "PixelKernels", "ImageCodecs", "FlightLogs", "HazardAnalysis"],
    lifetimes: true),
  // Tests of the pure layers
  .target(
    name: "TestSupport", dependencies: ["InspectionModel"], path: "Tests/TestSupport",
    swiftSettings: swiftSettings),
  tests("InspectionModel", []),
  tests("FrameMemory", ["InspectionModel"]),
  tests("PixelKernels", ["InspectionModel", "FrameMemory"]),
  tests("ImageCodecs", ["InspectionModel", "FrameMemory", "PixelKernels"]),
  tests("FlightLogs", ["InspectionModel", "InspectionSimulator"]),
  tests("Georeferencing", ["InspectionModel", "FrameMemory", "ImageCodecs", "FlightLogs"]),
  tests(
    "HazardAnalysis",
    ["InspectionModel", "FrameMemory", "PixelKernels", "ImageCodecs", "InspectionSimulator"]),
  tests("IncidentFusion", ["InspectionModel", "InspectionSimulator"]),
  tests("WorkOrders", ["InspectionModel"]),
  tests("HazardReports", ["InspectionModel"], exclude: ["Expected"]),
  tests(
    "InspectionSimulator",
    ["InspectionModel", "FrameMemory", "ImageCodecs", "FlightLogs", "HazardAnalysis"]),
  .testTarget(name: "HouseRulesTests", dependencies: ["TestSupport"], swiftSettings: testSettings),
  .executableTarget(
    name: "HostileInput",
    dependencies: [
      "InspectionModel", "FrameMemory", "PixelKernels", "ImageCodecs", "FlightLogs", "InspectionSimulator",
      "TestSupport",
    ],
    path: "Tests/HostileInput", swiftSettings: swiftSettings),
  .executableTarget(
    name: "CoarseComparison",
    dependencies: ["InspectionModel", "FrameMemory", "PixelKernels", "ImageCodecs"],
    path: "Tests/CoarseComparison", exclude: ["varied_pictures.py"], swiftSettings: swiftSettings),
  .executableTarget(
    name: "TileFeatureDump", dependencies: ["FrameMemory", "PixelKernels", "ImageCodecs", "HazardAnalysis"],
    path: "Tests/TileFeatureDump", swiftSettings: swiftSettings),
  .executableTarget(
    name: "Benchmarks", dependencies: ["PixelKernels", "HotPathBenchmarks"], path: "Tests/Benchmarks",
    exclude: ["Peers"], swiftSettings: swiftSettings),
]

if !coreOnly {
  targets += [
    // Layer 4
    module(
      "Ingest",
      [
        "InspectionModel", "FrameMemory", "ImageCodecs", "FlightLogs", "Georeferencing", crypto,
        asyncHTTPClient, httpTypes, hummingbird, hummingbirdCore, logging, nioCore, nioHTTP1, nioPosix,
        subprocess,
      ]),
    module("NodeSimulator", ["InspectionModel", "FrameMemory", "ImageCodecs", nioCore, nioPosix]),
    module("InspectionStore", ["InspectionModel", grdb, crypto]),
    // Layer 5
    module(
      "InspectionPipeline",
      [
        "InspectionModel", "FrameMemory", "PixelKernels", "ImageCodecs", "FlightLogs", "Georeferencing",
        "HazardAnalysis", "IncidentFusion", "WorkOrders", "Ingest", "InspectionStore", "HazardReports",
        "CPipelineFiles", yams, hummingbird, logging,
      ]),
    // Layer 7
    .executableTarget(
      name: "jinxun",
      dependencies: [
        "InspectionModel", "FrameMemory", "PixelKernels", "ImageCodecs", "FlightLogs", "Georeferencing",
        "HazardAnalysis", "IncidentFusion", "WorkOrders", "Ingest", "InspectionStore", "HazardReports",
        "InspectionSimulator", "InspectionPipeline", "HotPathBenchmarks", "NodeSimulator", argumentParser,
        logging, unixSignals,
      ], swiftSettings: swiftSettings),
    .testTarget(
      name: "jinxunTests",
      dependencies: ["jinxun", "InspectionModel", "InspectionStore", "TestSupport"],
      swiftSettings: testSettings),
    tests(
      "Ingest",
      [
        "InspectionModel", "FlightLogs", "InspectionSimulator", asyncHTTPClient, logging, nioCore,
        nioHTTP1, nioPosix,
      ]),
    tests("NodeSimulator", ["InspectionModel", "FrameMemory", "ImageCodecs", "Ingest", logging]),
    tests("InspectionStore", ["InspectionModel", "FaultingVFS", grdb]),
    // A file system for SQLite that fails where a test says so.
    .target(
      name: "FaultingVFS", path: "Tests/FaultingVFS", linkerSettings: [.linkedLibrary("sqlite3")]),
    .executableTarget(
      name: "StoreCrash", dependencies: ["InspectionModel", "InspectionStore", "TestSupport", grdb],
      path: "Tests/StoreCrash", swiftSettings: swiftSettings),
    // What the sources of a live run cost without any analysis.
    .executableTarget(
      name: "LiveIntake", dependencies: ["InspectionModel", "Ingest", "InspectionPipeline", logging],
      path: "Tests/LiveIntake", swiftSettings: swiftSettings),
    tests(
      "InspectionPipeline",
      [
        "InspectionModel", "FrameMemory", "ImageCodecs", "Georeferencing", "HazardAnalysis",
        "IncidentFusion", "WorkOrders", "Ingest", "InspectionStore", "HazardReports", "InspectionSimulator",
        "NodeSimulator", logging,
      ]),
  ]
}

let package = Package(
  name: "jinxun",
  products: coreOnly ? [] : [.executable(name: "jinxun", targets: ["jinxun"])],
  dependencies: coreOnly
    ? []
    : [
      .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
      .package(url: "https://github.com/apple/swift-crypto", from: "4.5.2"),
      .package(url: "https://github.com/apple/swift-http-types", from: "1.8.0"),
      .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
      .package(url: "https://github.com/apple/swift-nio", from: "2.101.2"),
      .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
      .package(url: "https://github.com/hummingbird-project/hummingbird", from: "2.28.1"),
      .package(url: "https://github.com/swift-server/async-http-client", from: "1.37.0"),
      .package(url: "https://github.com/swift-server/swift-service-lifecycle", from: "2.13.0"),
      .package(url: "https://github.com/swiftlang/swift-subprocess", from: "1.0.2"),
      .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
    ],
  targets: targets,
  swiftLanguageModes: [.v6],
  cLanguageStandard: .c17
)
