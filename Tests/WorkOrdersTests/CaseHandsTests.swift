import InspectionModel
import Testing
import WorkOrders

@Suite struct CaseHandsTests {
  private let cityDesk = CaseActor(role: .dispatcher, tier: .city, name: "city desk")

  @Test func aTierHandsUpToTheNextOneAndNoFurther() throws {
    var desk = try CaseDesk()
    #expect(desk.file.order.tiers == [.townStreet])
    try desk.give(.dispatch(departmentID: nil), by: CaseDesk.dispatcher)
    try desk.give(.handUp(reason: "no crane"), by: CaseDesk.dispatcher)
    #expect(desk.file.order.tiers == [.district] && desk.file.status == .registered)
    #expect(desk.file.events.last?.reason.zh == "本级无法处置，上报上一级：no crane")
    // The town holds it no more.
    #expect(desk.refusal(of: .handUp(reason: "r"), by: CaseDesk.dispatcher)?.cause == .wrongTier)
    try desk.give(.handUp(reason: "two districts"), by: CaseDesk.districtDesk)
    #expect(desk.file.order.tiers == [.city])
    #expect(desk.refusal(of: .handUp(reason: "r"), by: cityDesk)?.cause == .wrongTier)
  }

  @Test func onlyWhatIsOnTheListIsPushedDown() throws {
    var desk = try CaseDesk()
    #expect(desk.refusal(of: .pushDown(reason: "r"), by: CaseDesk.dispatcher)?.cause == .wrongTier)
    try desk.give(.handUp(reason: "r"), by: CaseDesk.dispatcher)
    try desk.give(.pushDown(reason: "a matter of the town"), by: CaseDesk.districtDesk)
    #expect(desk.file.order.tiers == [.townStreet] && desk.file.status == .dispatched)

    let jam = try CaseDesk(.congestion)
    let refusal = jam.refusal(of: .pushDown(reason: "r"), by: CaseDesk.districtDesk)
    #expect(refusal?.cause == .notOnPushDownList)
    #expect(refusal?.explanation.zh == "“jam中”不在区级的分级分类库下派清单内")
    // The list of one tier is not that of another.
    var city = try CaseDesk()
    try city.give(.handUp(reason: "r"), by: CaseDesk.dispatcher)
    try city.give(.handUp(reason: "r"), by: CaseDesk.districtDesk)
    #expect(city.refusal(of: .pushDown(reason: "r"), by: cityDesk)?.cause == .notOnPushDownList)
  }

  @Test func nothingIsPushedDownToATownThatIsNotThere() throws {
    let outside = try CaseDesk(place: District.position(30.5, 106.5))
    #expect(outside.file.order.tiers == [.district])
    #expect(outside.refusal(of: .pushDown(reason: "r"), by: CaseDesk.districtDesk)?.cause == .wrongTier)
  }

  @Test func departmentsChangeSideways() throws {
    var desk = try CaseDesk()
    let unknown = desk.refusal(of: .handSideways(departmentID: "D99", reason: "r"), by: CaseDesk.dispatcher)
    #expect(unknown?.cause == .unknownDepartment)
    #expect(
      desk.refusal(of: .handSideways(departmentID: "D01", reason: "r"), by: CaseDesk.dispatcher)?.cause
        == .unknownDepartment)
    #expect(
      desk.refusal(of: .handSideways(departmentID: "D02", reason: "r"), by: CaseDesk.districtDesk)?.cause
        == .wrongTier)
    try desk.give(.handSideways(departmentID: "D02", reason: "their pipe"), by: CaseDesk.dispatcher)
    #expect(desk.file.order.department == "support中" && desk.file.order.departmentID == "D02")
    #expect(desk.file.status == .dispatched && desk.file.order.tiers == [.townStreet])
  }

  /// A case that two tiers hold at once loses only the tier that hands it on.
  @Test func handingUpACaseOfTwoTiersLeavesTheOther() throws {
    var desk = try CaseDesk(.fireSmoke)
    #expect(desk.file.order.tiers == [.townStreet, .district])
    try desk.give(.handUp(reason: "r"), by: CaseDesk.districtDesk)
    #expect(desk.file.order.tiers == [.townStreet, .city])
  }

  @Test func aDeclinedCaseWaitsForTheDeskAgain() throws {
    var desk = try CaseDesk()
    try desk.give(.dispatch(departmentID: "D02"), by: CaseDesk.dispatcher)
    try desk.give(.decline(reason: "not our road"), by: CaseDesk.handler)
    #expect(desk.file.status == .registered && desk.file.order.departmentID == "D02")
    try desk.give(.dispatch(departmentID: "D01"), by: CaseDesk.dispatcher)
    #expect(desk.file.order.department == "lead中")
  }
}
